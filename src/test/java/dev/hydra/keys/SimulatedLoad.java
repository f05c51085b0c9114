package dev.hydra.keys;

import dev.hydra.keys.Limit.Measure;
import dev.hydra.keys.Limit.Told;
import dev.hydra.settings.Settings.LimitMode;
import dev.hydra.settings.Settings.Pool;
import dev.hydra.settings.Settings.Strategy;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/**
 * Clients, a pool and a provider with real quotas in virtual time: events in order of their moments, one thread, the same result for the same seed.
 *
 * <p>A request is claimed, travels up to 250 ms, is counted or refused by the provider, and comes back after a second or so. Refused ones try another key
 * as the gateway does. Keys go and come back at random; capacity then counts the time that a project's keys were there, of which more than all can be used,
 * since a project that was away for half a minute still has the whole minute's quota.
 */
final class SimulatedLoad {
    private static final ZoneId GOOGLE = ZoneId.of("America/Los_Angeles");
    private static final long MINUTE = 60_000;
    private static final int CLIENTS = 10;

    /** How the provider counts a minute. */
    enum Minute {
        /** From its first request. */
        FIXED,
        /** Any 60 seconds. */
        SLIDING
    }

    /**
     * What is simulated.
     *
     * @param size     tokens of a request on average, as a multiple of what the quota has for each of its requests; they vary from none to twice as many
     * @param load     offered requests as a part of the capacity
     * @param bursts   whether requests come many at once
     * @param patience that a client's request may wait
     * @param known    whether the limits are given; else the pool learns them
     * @param churn    whether keys go and come back
     */
    record Plan(int projects, Limit quota, double size, Minute minute, double load, boolean bursts, Duration patience, boolean known,
            boolean churn,
            Duration length, long seed) {
    }

    /** What came out. Waits in milliseconds. @param shares served part of each client's requests */
    record Result(long offered, long served, long refused, long upstreamRefused, long knownRefused, long upstreamCalls, double used,
            long p50, long p99,
            List<Double> shares) {
        /** Of calls that were claimed when the project's limit had been told. */
        double knownRefusedShare() {
            return (double) knownRefused / Math.max(1, upstreamCalls);
        }

        @Override
        public String toString() {
            return String.format(
                    "offered %d, served %d, used %.2f %%, upstream 429s %d (%d with known limits) of %d, client 429s %d, wait p50 %d ms, p99 %d ms, "
                            + "served share of clients %.3f to %.3f",
                    offered, served, used * 100, upstreamRefused, knownRefused, upstreamCalls, refused, p50, p99,
                    Collections.min(shares), Collections.max(shares));
        }
    }

    private record Event(long at, long number, Runnable action) {
    }

    /** The provider's account of one project. */
    private final class Account {
        private final ArrayDeque<long[]> sliding = new ArrayDeque<>();
        private long minuteEnds;
        private long requests;
        private long tokens;
        private long dayEnds;
        private long today;
        private long total;
        private long totalTokens;
        private long firstRefusal = Long.MAX_VALUE;

        /** Milliseconds after which the request is worth repeating; 0 when it is counted. */
        private Optional<Refused> book(long size) {
            roll();
            Limit quota = plan.quota;
            if (today >= quota.rpd()) {
                return Optional.of(new Refused(Measure.REQUESTS_PER_DAY, quota.rpd(), dayEnds));
            }
            long free = plan.minute == Minute.FIXED ? minuteEnds : sliding.isEmpty() ? now() : sliding.getFirst()[0] + MINUTE;
            if (requests >= quota.rpm()) {
                return Optional.of(new Refused(Measure.REQUESTS_PER_MINUTE, quota.rpm(), free));
            }
            if (tokens + size > quota.tpm()) {
                return Optional.of(new Refused(Measure.INPUT_TOKENS_PER_MINUTE, quota.tpm(), free));
            }
            requests++;
            tokens += size;
            today++;
            total++;
            totalTokens += size;
            sliding.add(new long[] {now(), size});
            return Optional.empty();
        }

        private void roll() {
            if (plan.minute == Minute.FIXED && now() >= minuteEnds) {
                minuteEnds = now() + MINUTE;
                requests = 0;
                tokens = 0;
            }
            while (plan.minute == Minute.SLIDING && !sliding.isEmpty() && sliding.getFirst()[0] + MINUTE <= now()) {
                requests--;
                tokens -= sliding.removeFirst()[1];
            }
            if (now() >= dayEnds) {
                dayEnds = Instant.ofEpochMilli(now()).atZone(GOOGLE).toLocalDate().plusDays(1).atStartOfDay(GOOGLE).toInstant()
                        .toEpochMilli();
                today = 0;
            }
        }
    }

    private record Refused(Measure measure, long value, long until) {
    }

    private final Plan plan;
    private final Random random;
    private final TestPool pool;
    private final PriorityQueue<Event> events = new PriorityQueue<>((a, b) -> a.at == b.at ? Long.compare(a.number, b.number)
            : Long.compare(a.at, b.at));
    private final Map<String, Account> accounts = new HashMap<>();
    private final List<String> projects = new ArrayList<>();
    private final Set<String> lost = new HashSet<>();
    private final List<Long> waits = new ArrayList<>();
    private final long[] asked = new long[CLIENTS];
    private final long[] answered = new long[CLIENTS];
    private final long end;
    private long number;
    private long refused;
    private long upstreamRefused;
    private long upstreamCalls;
    private long knownRefused;
    private double capacityMillis;

    SimulatedLoad(Plan plan) {
        this.plan = plan;
        this.random = new Random(plan.seed);
        LimitMode mode = plan.known ? LimitMode.ENFORCE : LimitMode.LEARN;
        String given = "[[limit]]\nmodels = \"*\"\n" + figure("rpm", plan.quota.rpm()) + figure("tpm", plan.quota.tpm())
                + figure("rpd", plan.quota.rpd());
        pool = new TestPool(new Pool(Strategy.BALANCED, 0, mode, plan.patience, 3, 1_000),
                plan.known ? LimitTable.parse(given) : LimitTable.none());
        end = now() + plan.length.toMillis();
        for (int i = 0; i < plan.projects; i++) {
            projects.add("p" + i);
            // Every fourth project has two keys.
            Account account = new Account();
            for (int key = 0; key < (i % 4 == 0 ? 2 : 1); key++) {
                accounts.put(pool.add("p" + i, Optional.empty()), account);
            }
        }
    }

    private static String figure(String name, long value) {
        return value == Limit.UNKNOWN ? "" : name + " = " + value + "\n";
    }

    private long now() {
        return pool.clock.millis();
    }

    private void at(long moment, Runnable action) {
        events.add(new Event(moment, number++, action));
    }

    /** Requests a minute that the provider lets one project have on average: the least of what its requests and its tokens allow. */
    private double capacity() {
        return plan.quota.tpm() == Limit.UNKNOWN ? plan.quota.rpm() : plan.quota.rpm() * Math.min(1, 1 / plan.size);
    }

    private long size() {
        return plan.quota.tpm() == Limit.UNKNOWN ? 100
                : 1 + random.nextLong(Math.max(1, (long) (2 * plan.size * plan.quota.tpm() / plan.quota.rpm()) - 1));
    }

    Result run() {
        arrivals();
        if (plan.churn) {
            at(now() + 7_000, this::churn);
        }
        long start = now();
        while (!events.isEmpty()) {
            Event event = events.remove();
            if (event.at > end) {
                break;
            }
            long passed = event.at - now();
            capacityMillis += passed * (double) alive();
            pool.clock.advance(Duration.ofMillis(passed));
            event.action.run();
        }
        return result(start);
    }

    private long alive() {
        return projects.size() - lost.size();
    }

    /** A project's keys die and are there again a while later. */
    private void churn() {
        String id = pool.ids.get(random.nextInt(pool.ids.size()));
        String project = pool.state.snapshot().keys().containsKey(id) ? pool.state.snapshot().keys().get(id).project() : "";
        if (!project.isEmpty() && lost.size() < plan.projects / 4 && lost.add(project)) {
            List<String> keys = pool.ids.stream().filter(key -> pool.state.snapshot().keys().containsKey(key)
                    && pool.state.snapshot().keys().get(key).project().equals(project)).toList();
            keys.forEach(pool.state::leave);
            at(now() + 20_000 + random.nextInt(60_000), () -> {
                keys.forEach(key -> pool.state.join(new Member(key, project, 1_000, Optional.empty())));
                lost.remove(project);
                pool.pool.queue().changed();
            });
        }
        at(now() + 5_000 + random.nextInt(20_000), this::churn);
    }

    private void arrivals() {
        double perMinute = plan.load * plan.projects * capacity() * (plan.churn ? 0.75 : 1);
        if (plan.bursts) {
            int size = (int) Math.max(1, perMinute / 6);
            at(now() + (long) (size * MINUTE / perMinute), () -> {
                for (int i = 0; i < size; i++) {
                    request();
                }
                arrivals();
            });
        } else {
            at(now() + Math.max(1, (long) (-Math.log(1 - random.nextDouble()) * MINUTE / perMinute)), () -> {
                request();
                arrivals();
            });
        }
    }

    private void request() {
        int client = random.nextInt(CLIENTS);
        if (now() + plan.patience.toMillis() + 10_000 < end) {
            asked[client]++;
        } else {
            client = -1;
        }
        new Request(client, size(), now()).ask(Set.of());
    }

    /** One client's request. */
    private final class Request {
        private final int client;
        private final long size;
        private final long came;

        Request(int client, long size, long came) {
            this.client = client;
            this.size = size;
            this.came = came;
        }

        void ask(Set<String> tried) {
            Duration left = plan.patience.minusMillis(now() - came);
            Ticket ticket = new Ticket(pool.pool.queue(), new LeaseRequest(TestPool.MODEL, size, List.of(), tried), pool.clock.instant(),
                    left.isNegative() ? Duration.ZERO : left);
            new Waiting(this, ticket).poll();
        }

        void offered(Offer offer) {
            if (offer instanceof Offer.Granted granted) {
                long claimed = now();
                at(now() + random.nextInt(250), () -> arrive(granted.lease(), claimed));
            } else if (client >= 0) {
                refused++;
            }
        }

        private void arrive(Lease lease, long claimed) {
            upstreamCalls++;
            Account account = accounts.get(lease.keyId());
            Optional<Refused> no = account.book(size);
            if (no.isPresent()) {
                upstreamRefused++;
                knownRefused += claimed > account.firstRefusal ? 1 : 0;
                account.firstRefusal = Math.min(account.firstRefusal, now());
                lease.coolUntil(Scope.PROJECT_MODEL, Instant.ofEpochMilli(no.get().until()), no.get().measure() == Measure.REQUESTS_PER_DAY,
                        "429", List.of(new Told(no.get().measure(), no.get().value())));
                ask(Set.of(lease.keyId()));
                return;
            }
            long wait = now() - came;
            at(now() + 200 + random.nextInt(2_000), () -> lease.succeeded(size, size + 50));
            if (client >= 0) {
                answered[client]++;
                waits.add(wait);
            }
        }
    }

    /** A request in the queue: asks when it is woken and when it said it would. */
    private final class Waiting {
        private final Request request;
        private final Ticket ticket;
        private boolean over;
        private boolean due;

        Waiting(Request request, Ticket ticket) {
            this.request = request;
            this.ticket = ticket;
            ticket.onWake(() -> {
                if (!over && !due) {
                    due = true;
                    at(now(), this::poll);
                }
            });
        }

        void poll() {
            due = false;
            if (over) {
                return;
            }
            Optional<Offer> offer = ticket.poll();
            if (offer.isPresent()) {
                over = true;
                ticket.leave();
                request.offered(offer.get());
            } else {
                at(Math.max(now(), ticket.again().toEpochMilli()), this::poll);
            }
        }
    }

    private Result result(long start) {
        double requests = accounts.values().stream().distinct().mapToLong(account -> account.total).sum();
        double tokens = accounts.values().stream().distinct().mapToLong(account -> account.totalTokens).sum();
        Collections.sort(waits);
        List<Double> shares = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            shares.add(asked[i] == 0 ? 1 : (double) answered[i] / asked[i]);
        }
        double minutes = capacityMillis / MINUTE;
        double used = Math.max(requests / (minutes * plan.quota.rpm()),
                plan.quota.tpm() == Limit.UNKNOWN ? 0 : tokens / (minutes * plan.quota.tpm()));
        long days = ChronoUnit.DAYS.between(Instant.ofEpochMilli(start).atZone(GOOGLE).toLocalDate(),
                pool.clock.instant().atZone(GOOGLE).toLocalDate()) + 1;
        if (plan.quota.rpd() != Limit.UNKNOWN) {
            used = Math.max(used, requests / (days * plan.projects * (double) plan.quota.rpd()));
        }
        return new Result(asked(), waits.size(), refused, upstreamRefused, knownRefused, upstreamCalls, used, percentile(50),
                percentile(99), shares);
    }

    private long asked() {
        long sum = 0;
        for (long one : asked) {
            sum += one;
        }
        return sum;
    }

    private long percentile(int percent) {
        return waits.isEmpty() ? 0 : waits.get(Math.min(waits.size() - 1, waits.size() * percent / 100));
    }
}
