package dev.hydra.keys;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Requests that wait for a key, first come first served for each model (product POOL-6). Safe for use by many threads; no lock is held while one waits.
 *
 * <p>Only the first of a line asks the pool; the others wait until they are first, and who comes anew goes to the end. A first one asks when a key was
 * released and when the pool said that there would be room. Requests that only one project can serve stand in a line of their own, so that they hold up
 * nobody else.
 *
 * <p>A first request that is too large for what any project has left in this minute does not leave those tokens unused: smaller ones may go before it, but
 * not in the project that will have room for it first, so that it goes no later for them, and only so many.
 */
final class WaitQueue {
    /**
     * How many may go before one first request. In simulations 4 leave 2 % of the tokens of an overloaded pool unused, 16 less than 1 %; without a bound
     * nothing more is gained.
     */
    private static final int MOST_OVERTAKERS = 16;

    private final KeyPool pool;
    private final Clock clock;
    private final int longest;
    private final Map<String, Line> lines = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean closed;

    /** @param longest requests that may wait for one model; who comes then is refused at once */
    WaitQueue(KeyPool pool, Clock clock, int longest) {
        this.pool = pool;
        this.clock = clock;
        this.longest = longest;
    }

    /** Those who wait for one model. @param since when the first of them came */
    record Length(int requests, Instant since) {
    }

    /**
     * Offers a key, at the latest after {@code patience}; at once the reason why there is none, when none can be free by then.
     *
     * @throws InterruptedException when nobody waits for the key any more; no key was taken then
     */
    Offer lease(LeaseRequest request, Duration patience) throws InterruptedException {
        Ticket ticket = new Ticket(this, request, clock.instant(), patience);
        long begun = System.nanoTime();
        try {
            Optional<Offer> offer = ticket.poll();
            while (offer.isEmpty()) {
                ticket.await();
                // By the real time too: a clock may be set back, or stand still.
                boolean over = System.nanoTime() - begun >= patience.toNanos();
                offer = over ? Optional.of(ticket.last()) : ticket.poll();
            }
            return offer.get();
        } finally {
            ticket.leave();
        }
    }

    /** A request that wants a key. To be asked by {@link #poll} until it gives an offer, then left. Used by one thread at a time but for {@link #wake}. */
    static final class Ticket {
        private final WaitQueue queue;
        private final LeaseRequest request;
        private final Instant since;
        private final Instant deadline;
        private final String name;
        private final Semaphore woken = new Semaphore(0);
        private volatile Runnable onWake = () -> {
        };
        private @Nullable Line line;
        private Instant again;
        private @Nullable Offer refusal;

        Ticket(WaitQueue queue, LeaseRequest request, Instant now, Duration patience) {
            this.queue = queue;
            this.request = request;
            this.since = now;
            this.deadline = now.plus(patience);
            this.again = deadline;
            this.name = request.model() + queue.pool.owner(request.affinities()).map(owner -> "\n" + owner).orElse("");
        }

        /** Is told, on any thread, that {@link #poll} is worth while. */
        void onWake(Runnable listener) {
            onWake = listener;
        }

        /** When {@link #poll} is worth while at the latest. */
        Instant again() {
            return again;
        }

        /** A key, or why there is none; empty while it is worth waiting. */
        Optional<Offer> poll() {
            if (queue.closed) {
                return Optional.of(new Offer.NoKeys("The gateway is being stopped."));
            }
            Line current = line;
            if (current == null) {
                Line there = queue.lines.get(name);
                return there == null ? first() : behind(there);
            }
            if (current.isFirst(this)) {
                return first();
            }
            again = deadline;
            Optional<Offer> overtaking = current.spared(this).flatMap(spared -> overtake(current, spared));
            if (overtaking.isPresent()) {
                return overtaking;
            }
            return queue.clock.instant().isBefore(deadline) ? Optional.empty() : Optional.of(current.last());
        }

        private Optional<Offer> first() {
            // Who has waited may have a key again that refused it before: a key that is still of no use rests.
            LeaseRequest wish = line == null ? request : request.withoutTried();
            KeyPool.Attempt attempt = queue.pool.attempt(wish, "");
            Offer offer = attempt.offer();
            if (!(offer instanceof Offer.Cooling cooling) || !cooling.until().isBefore(deadline)
                    || !queue.clock.instant().isBefore(deadline)) {
                return Optional.of(offer);
            }
            refusal = offer;
            again = cooling.until();
            if (line == null) {
                return join(cooling);
            }
            line.refused(cooling, attempt.tight());
            return Optional.empty();
        }

        /** Takes what an earlier request cannot use. Refused, it waits on as if nothing had been. */
        private Optional<Offer> overtake(Line current, String spared) {
            Offer offer = queue.pool.attempt(request.withoutTried(), spared).offer();
            if (offer instanceof Offer.Granted) {
                current.overtaken();
                return Optional.of(offer);
            }
            current.tooLarge(this);
            return Optional.empty();
        }

        /** Others wait already: their first one's last word holds for this request too. */
        private Optional<Offer> behind(Line there) {
            Offer.Cooling last = there.last();
            return last.until().isBefore(deadline) || there.fits(this) ? join(last) : Optional.of(last);
        }

        private Optional<Offer> join(Offer.Cooling word) {
            refusal = word;
            Line joined = queue.join(this, word);
            if (joined == null) {
                return Optional.of(word);
            }
            line = joined;
            // Something may have been released before this one stood in the line, where it would have been told.
            again = queue.clock.instant();
            return Optional.empty();
        }

        Offer last() {
            Line current = line;
            Offer known = refusal;
            return current != null ? current.last() : known != null ? known : queue.pool.lease(request);
        }

        private void await() throws InterruptedException {
            Instant until = again.isBefore(deadline) ? again : deadline;
            if (woken.tryAcquire(Math.max(1, Duration.between(queue.clock.instant(), until).toMillis()), TimeUnit.MILLISECONDS)) {
                woken.drainPermits();
            }
        }

        private void wake() {
            woken.release();
            onWake.run();
        }

        /** Goes, with a key or without; the next one's turn comes. To be called once. */
        void leave() {
            Line current = line;
            if (current != null) {
                queue.leave(this, current);
            }
        }
    }

    private @Nullable Line join(Ticket ticket, Offer.Cooling word) {
        Line[] joined = new Line[1];
        lines.compute(ticket.name, (name, known) -> {
            Line line = known == null ? new Line(word) : known;
            if (line.size() < longest) {
                line.add(ticket);
                joined[0] = line;
            }
            return line.size() == 0 ? null : line;
        });
        if (joined[0] != null) {
            waiting.incrementAndGet();
        }
        return joined[0];
    }

    private void leave(Ticket ticket, Line line) {
        waiting.decrementAndGet();
        lines.compute(ticket.name, (name, known) -> {
            line.remove(ticket);
            return line.size() == 0 ? null : known;
        });
        line.wakeFirst();
    }

    /** Something was released or has changed: the first of each line may find a key now. */
    void changed() {
        if (waiting.get() > 0) {
            lines.values().forEach(Line::wakeFirst);
        }
    }

    /** How many wait, by model. */
    Map<String, Length> lengths() {
        Map<String, Length> lengths = new TreeMap<>();
        lines.forEach((name, line) -> line.length().ifPresent(length -> lengths.merge(name.lines().findFirst().orElse(name), length,
                (a, b) -> new Length(a.requests + b.requests, a.since.isBefore(b.since) ? a.since : b.since))));
        return lengths;
    }

    /** Nobody waits from now on: those who do get an answer at once. */
    void close() {
        closed = true;
        lines.values().forEach(Line::wakeAll);
    }

    /** One line. */
    private static final class Line {
        private final LinkedHashSet<Ticket> tickets = new LinkedHashSet<>();
        private Offer.Cooling last;
        private Claimed.@Nullable Tight tight;
        /** Who has gone before the first one. */
        private int overtakers;

        Line(Offer.Cooling last) {
            this.last = last;
        }

        synchronized void add(Ticket ticket) {
            tickets.add(ticket);
        }

        synchronized void remove(Ticket ticket) {
            if (isFirst(ticket)) {
                tight = null;
                overtakers = 0;
            }
            tickets.remove(ticket);
        }

        synchronized int size() {
            return tickets.size();
        }

        synchronized boolean isFirst(Ticket ticket) {
            return !tickets.isEmpty() && tickets.getFirst() == ticket;
        }

        /** The first one was refused. @param size what stands in the way where that is its size alone: somebody smaller may go before it */
        void refused(Offer.Cooling refusal, Optional<Claimed.Tight> size) {
            Optional<Ticket> next;
            synchronized (this) {
                last = refusal;
                tight = size.orElse(null);
                next = tickets.stream().skip(1).filter(this::fits).findFirst();
            }
            next.ifPresent(Ticket::wake);
        }

        synchronized boolean fits(Ticket ticket) {
            return tight != null && overtakers < MOST_OVERTAKERS && ticket.request.estimatedTokens() <= tight.room();
        }

        /** The project that one who is not first must leave alone; empty when it has to wait. */
        synchronized Optional<String> spared(Ticket ticket) {
            return fits(ticket) ? Optional.ofNullable(tight).map(Claimed.Tight::project) : Optional.empty();
        }

        synchronized void overtaken() {
            overtakers++;
        }

        synchronized void tooLarge(Ticket ticket) {
            if (tight != null) {
                tight = new Claimed.Tight(tight.until(), tight.project(), Math.min(tight.room(), ticket.request.estimatedTokens() - 1));
            }
        }

        synchronized Offer.Cooling last() {
            return last;
        }

        synchronized Optional<Length> length() {
            return tickets.isEmpty() ? Optional.empty() : Optional.of(new Length(tickets.size(), tickets.getFirst().since));
        }

        void wakeFirst() {
            Ticket first;
            synchronized (this) {
                first = tickets.isEmpty() ? null : tickets.getFirst();
            }
            if (first != null) {
                first.wake();
            }
        }

        void wakeAll() {
            List<Ticket> all;
            synchronized (this) {
                all = List.copyOf(tickets);
            }
            all.forEach(Ticket::wake);
        }
    }
}
