package dev.hydra.keys;

import dev.hydra.keys.Referee.Beat;
import dev.hydra.keys.Referee.DayPart;
import dev.hydra.keys.Referee.Line;
import dev.hydra.keys.Referee.Share;
import dev.hydra.keys.Snapshot.Day;
import dev.hydra.keys.Snapshot.Place;
import dev.hydra.keys.Snapshot.Quota;
import dev.hydra.keys.redis.RedisLink;
import dev.hydra.keys.redis.Script;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node among the others: says that it is alive, keeps its leases, brings Redis up to date when it comes back or has lost everything, and hears what other
 * nodes have learned. Safe for use by many threads.
 */
final class ClusterNode implements RedisLink.Owner {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterNode.class);
    private static final Duration BETWEEN_RENEWALS = Duration.ofSeconds(5);
    /** Between two looks at Redis because of requests. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final int MOST_DOUBTS = 10_000;

    private final LocalState state;
    private final Mirror mirror;
    private final Ledger ledger;
    private final Referee referee;
    private final Clock clock;
    private final String id;
    /** By the lease's id. */
    private final Map<String, SharedGrant> open = new ConcurrentHashMap<>();
    /** Leases that Redis may have, though nobody holds them. */
    private final Queue<Doubt> doubts = new ConcurrentLinkedQueue<>();
    /** Projects that Redis has heard of from this node. */
    private final Set<String> seeded = ConcurrentHashMap.newKeySet();
    private final ReentrantLock refreshing = new ReentrantLock();
    private volatile Runnable room = () -> {
    };
    private volatile int nodes = 1;
    private volatile String mark = "";
    private volatile long lastBeat;
    private volatile Line line = new Line() {
        @Override
        public <T> Optional<T> run(Script script, List<String> keys, List<String> args, Function<List<?>, T> reader) {
            return Optional.empty();
        }
    };

    private record Doubt(Terms terms, String id, Settlement settlement) {
    }

    ClusterNode(String id, LocalState state, Mirror mirror, Ledger ledger, Referee referee, Clock clock) {
        this.id = id;
        this.state = state;
        this.mirror = mirror;
        this.ledger = ledger;
        this.referee = referee;
        this.clock = clock;
    }

    /** @param asked Redis, as long as it is joined */
    void attach(Line asked) {
        line = asked;
    }

    void onRoom(Runnable listener) {
        room = listener;
    }

    int nodes() {
        return nodes;
    }

    void opened(SharedGrant grant) {
        open.put(grant.id(), grant);
    }

    void closed(SharedGrant grant) {
        open.remove(grant.id());
    }

    /** Redis may have heard of this lease, or may not have heard of its end. */
    void doubt(Terms terms, String lease, Settlement settlement) {
        if (!lease.isEmpty() && doubts.size() < MOST_DOUBTS) {
            doubts.add(new Doubt(terms, lease, settlement));
        }
    }

    /** Redis does not know of a project from this node. */
    void introduce(String project) {
        seed(line, project, false, mirror.days(project), Map.of());
        if (!seeded.add(project) && clock.millis() - lastBeat > BETWEEN_LOOKS.toMillis() && refreshing.tryLock()) {
            // It did before.
            try {
                refresh(line);
            } finally {
                refreshing.unlock();
            }
        }
    }

    @Override
    public void beat(RedisLink.Direct direct) {
        Line asked = line(direct);
        refreshing.lock();
        try {
            refresh(asked);
        } finally {
            refreshing.unlock();
        }
        renew(asked);
    }

    private static Line line(RedisLink.Direct direct) {
        return new Line() {
            @Override
            public <T> Optional<T> run(Script script, List<String> keys, List<String> args, Function<List<?>, T> reader) {
                return Optional.of(direct.run(script, keys, args, reader));
            }
        };
    }

    /** Looks whether Redis has lost everything, and who is there. */
    private void refresh(Line asked) {
        referee.beat(asked, UUID.randomUUID().toString()).ifPresent(beat -> {
            nodes = beat.nodes();
            lastBeat = clock.millis();
            if (!beat.mark().equals(mark)) {
                LOG.warn("Redis has lost what it knew: this node tells it its part");
                mark = beat.mark();
                tellAll(asked);
            }
        });
    }

    private void renew(Line asked) {
        long now = clock.millis();
        Map<String, List<SharedGrant>> due = new HashMap<>();
        open.values().stream().filter(grant -> now - grant.renewed() >= BETWEEN_RENEWALS.toMillis())
                .forEach(grant -> due.computeIfAbsent(grant.terms().project(), name -> new ArrayList<>()).add(grant));
        due.forEach((project, grants) -> {
            Set<String> unknown = new HashSet<>(referee.renew(asked, project, grants.stream().map(SharedGrant::id).toList()));
            grants.forEach(grant -> grant.renewedAt(now));
            // Some may have ended in between.
            List<SharedGrant> lost = grants.stream().filter(grant -> unknown.contains(grant.id()) && open.containsKey(grant.id())).toList();
            if (!lost.isEmpty()) {
                referee.seed(asked, project, new Share(true, Map.of(), lost, List.of(), List.of()));
            }
        });
    }

    @Override
    public void rejoin(RedisLink.Direct direct) {
        Line asked = line(direct);
        refreshing.lock();
        try {
            Beat beat = referee.beat(asked, UUID.randomUUID().toString()).orElseThrow();
            nodes = beat.nodes();
            lastBeat = clock.millis();
            if (beat.mark().equals(mark)) {
                tellNews(asked, mirror.rests());
            } else {
                tellAll(asked);
            }
            mark = beat.mark();
        } finally {
            refreshing.unlock();
        }
        for (Doubt doubt = doubts.poll(); doubt != null; doubt = doubts.poll()) {
            referee.give(asked, doubt.terms, doubt.id, doubt.settlement, Change.none());
        }
    }

    private void tellAll(Line asked) {
        seeded.clear();
        Map<String, Map<String, Day>> days = mirror.days();
        Map<String, Map<Place, Rest>> rests = mirror.rests();
        Set<String> projects = new HashSet<>(ledger.projects());
        projects.addAll(days.keySet());
        projects.addAll(rests.keySet());
        open.values().forEach(grant -> projects.add(grant.terms().project()));
        for (String project : projects) {
            seed(asked, project, false, days.getOrDefault(project, Map.of()), rests.getOrDefault(project, Map.of()));
            seeded.add(project);
        }
    }

    /** What was used and learned while Redis was away. */
    private void tellNews(Line asked, Map<String, Map<Place, Rest>> rests) {
        Set<String> projects = new HashSet<>(ledger.alone());
        projects.addAll(rests.keySet());
        projects.forEach(project -> seed(asked, project, true, Map.of(), rests.getOrDefault(project, Map.of())));
    }

    /** @param force only what Redis does not have, even where it has heard of the project from this node */
    private void seed(Line asked, String project, boolean force, Map<String, Day> days, Map<Place, Rest> rests) {
        long now = clock.millis();
        Collection<SharedGrant> leases = open.values().stream().filter(grant -> grant.terms().project().equals(project)).toList();
        Map<String, long[]> uncounted = ledger.takeUncounted(project);
        Map<String, List<long[]>> uses = ledger.takeAlone(project, now);
        Set<String> models = new HashSet<>(days.keySet());
        models.addAll(uncounted.keySet());
        List<DayPart> parts = models.stream().map(model -> part(model, days.get(model), uncounted.getOrDefault(model, new long[2])))
                .toList();
        List<Note> notes = rests.entrySet().stream().map(rest -> Note.of(rest.getKey(), rest.getValue(), now)).toList();
        Share share = new Share(force, force ? uses : ledger.uses(project, now), leases, parts, notes);
        if (!referee.seed(asked, project, share)) {
            uncounted.forEach((model, sum) -> ledger.uncounted(project, model, sum[0], sum[1]));
        }
    }

    private static DayPart part(String model, @Nullable Day known, long[] more) {
        return new DayPart(model, known == null ? 0 : Math.max(0, known.requests() - more[0]),
                known == null ? 0 : Math.max(0, known.tokens() - more[1]), more[0], more[1]);
    }

    /** What was counted for one project counts for another: in Redis too. */
    void moved(String from, String to) {
        if (!mirror.isGone(from)) {
            return;
        }
        Map<String, List<long[]>> uses = new HashMap<>();
        long now = clock.millis();
        ledger.quotas().stream().filter(quota -> quota.project().equals(from))
                .forEach(quota -> uses.put(quota.model(), ledger.move(quota, new Quota(to, quota.model()), now)));
        List<DayPart> parts = mirror.days(to).entrySet().stream()
                .map(day -> new DayPart(day.getKey(), day.getValue().requests(), day.getValue().tokens(), 0, 0)).toList();
        referee.seed(line, to, new Share(true, uses, List.of(), parts, List.of()));
        seeded.add(to);
    }

    /** Models have been put into groups, or out of them. */
    void regrouped() {
        long now = clock.millis();
        ledger.quotas().forEach(quota -> {
            String group = mirror.group(quota.model());
            if (!group.equals(quota.model())) {
                List<long[]> steps = ledger.move(quota, new Quota(quota.project(), group), now);
                referee.seed(line, quota.project(), new Share(true, Map.of(group, steps), List.of(), List.of(), List.of()));
            }
        });
    }

    @Override
    public void joined() {
        // Requests that came while Redis was brought up to date.
        tellNews(line, Map.of());
        mirror.share(1);
        room.run();
    }

    @Override
    public void lost() {
        mirror.share(Math.max(1, nodes));
    }

    @Override
    public void heard(String text) {
        JsonObject message = Json.object(text);
        String kind = message.getString("kind");
        if (kind.equals("room")) {
            room(message);
        } else if (!message.getString("node").equals(id)) {
            switch (kind) {
                case "change" -> apply(Change.of(message, clock.millis()));
                case "assign" -> assigned(message.getString("key"), message.getString("project"));
                case "reset" -> state.reset();
                default -> LOG.debug("A message of a kind that is not known here: {}", kind);
            }
            room.run();
        }
    }

    private void room(JsonObject message) {
        String key = message.getString("key");
        String project = mirror.project(key);
        if (project != null) {
            mirror.unhold(new Place(Scope.KEY, key, ""));
            mirror.unhold(new Place(Scope.PROJECT_MODEL, project, message.getString("quota")));
            room.run();
        }
    }

    private void assigned(String key, String project) {
        String before = mirror.project(key);
        if (before != null && state.assign(key, project)) {
            moved(before, project);
        }
    }

    private void apply(Change change) {
        long now = clock.millis();
        for (Note note : change.notes()) {
            if (note.left() > 0) {
                mirror.rest(note.place(change.project()), note.rest(now));
            } else if (!note.kind().isEmpty()) {
                mirror.wake(note.place(change.project()), Rest.Kind.valueOf(note.kind()));
            }
        }
        if (!change.key().isEmpty()) {
            mirror.health(change.key(), change.health());
        }
        if (!change.group().isEmpty()) {
            mirror.told(new Quota(change.project(), change.group()), change.told());
        }
    }
}
