package dev.hydra.keys;

import dev.hydra.keys.LocalState.Held;
import dev.hydra.keys.Snapshot.Day;
import dev.hydra.keys.Snapshot.Place;
import dev.hydra.keys.Snapshot.Quota;
import dev.hydra.keys.Snapshot.ToldLimit;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A node's own state as the others see it and tell it. Each method is one step under the state's lock; none waits. */
final class Mirror {
    private final ReentrantLock lock;
    private final Clock clock;
    private final AtomicLong changes;
    private final Roster roster;
    private final Rests rests;
    private final Quotas quotas;
    private final Views views;
    private final boolean keepsConcurrency;

    /** @param lock that guards all the others. {@code changes} = counts what must be kept */
    Mirror(ReentrantLock lock, Clock clock, AtomicLong changes, Roster roster, Rests rests, Quotas quotas, Views views,
            boolean keepsConcurrency) {
        this.lock = lock;
        this.clock = clock;
        this.changes = changes;
        this.roster = roster;
        this.rests = rests;
        this.quotas = quotas;
        this.views = views;
        this.keepsConcurrency = keepsConcurrency;
    }

    /** What a grant of the state is about. */
    Terms terms(Grant grant) {
        Held held = (Held) grant;
        return locked(() -> {
            KeyState key = held.slot().key;
            Allowance allowance = held.slot().view.allowance;
            Quota quota = held.slot().bucket.quota;
            return new Terms(key.project, key.id, held.slot().view.model, quota.model(), allowance.models(),
                    allowance.limit(quota, clock.millis()), keepsConcurrency ? key.concurrency : 0, quotas.counting(), held.estimate());
        });
    }

    /** Leaves somebody alone for a moment, because there is no room now. */
    void hold(Place place, Rest rest) {
        locked(() -> {
            long now = clock.millis();
            rests.hold(place, rest, now);
            reconsider(place, now);
            return place;
        });
    }

    /** There may be room again. */
    void unhold(Place place) {
        locked(() -> {
            if (rests.unhold(place)) {
                reconsider(place, clock.millis());
            }
            return place;
        });
    }

    /** Somebody has to rest, as another node found out. */
    void rest(Place place, Rest rest) {
        locked(() -> {
            long now = clock.millis();
            changes.incrementAndGet();
            rests.put(place, rest, now);
            reconsider(place, now);
            return place;
        });
    }

    /** A project need not rest any more for this kind of cause. */
    void wake(Place place, Rest.Kind kind) {
        locked(() -> {
            changes.incrementAndGet();
            rests.remove(place, kind);
            reconsider(place, clock.millis());
            return place;
        });
    }

    private void reconsider(Place place, long now) {
        if (place.scope() == Scope.PROJECT || place.scope() == Scope.PROJECT_MODEL) {
            views.reconsider(place.owner(), now);
            return;
        }
        KeyState key = roster.find(place.owner());
        if (key != null) {
            views.reconsider(key, place.scope(), now);
        }
    }

    /** The rest of somebody, be it over or not. */
    Optional<Rest> restOf(Place place) {
        return locked(() -> Optional.ofNullable(rests.kept(place)));
    }

    Health health(String key) {
        return locked(() -> {
            KeyState known = roster.find(key);
            return known == null ? Health.GOOD : known.health;
        });
    }

    /** How a key has been doing at another node. */
    void health(String key, Health health) {
        locked(() -> {
            KeyState known = roster.find(key);
            if (known != null && !known.health.equals(health)) {
                changes.incrementAndGet();
                known.health = health;
                views.reconsider(known, Scope.KEY, clock.millis());
            }
            return health;
        });
    }

    /** Whose quota a key uses; null when there is no such key. */
    @Nullable
    String project(String key) {
        lock.lock();
        try {
            KeyState known = roster.find(key);
            return known == null ? null : known.project;
        } finally {
            lock.unlock();
        }
    }

    /** Whether no key uses this project's quota. */
    boolean isGone(String project) {
        return locked(() -> roster.all().stream().noneMatch(key -> key.project.equals(project)));
    }

    /** The API has told another node the size of a quota. */
    void told(Quota quota, Limit limit) {
        locked(() -> {
            changes.incrementAndGet();
            quotas.learn(quota, new ToldLimit(limit, Instant.ofEpochMilli(clock.millis())));
            views.reconsider(quota.project(), clock.millis());
            return quota;
        });
    }

    /** The size of a quota as the API told it; {@link Limit#NONE} when it did not. */
    Limit told(Quota quota) {
        return locked(() -> quotas.told(quota, clock.millis()));
    }

    /** The name under which a model's use is counted. */
    String group(String model) {
        return locked(() -> quotas.group(model));
    }

    /** What all nodes together have used of a model today. */
    void used(Quota quota, Day day) {
        locked(() -> {
            if (quotas.days.atLeast(quota, day, clock.millis())) {
                changes.incrementAndGet();
            }
            return day;
        });
    }

    /** What is known of today, by project and model. */
    Map<String, Map<String, Day>> days() {
        return locked(() -> {
            Map<String, Map<String, Day>> byProject = new HashMap<>();
            quotas.days.current(clock.millis()).forEach((quota, day) -> byProject
                    .computeIfAbsent(quota.project(), name -> new HashMap<>()).put(quota.model(), day));
            return byProject;
        });
    }

    /** What is known of today for one project, by model. */
    Map<String, Day> days(String project) {
        return locked(() -> quotas.days.of(project, clock.millis()));
    }

    /** Rests that last, by the project that they or their keys belong to. */
    Map<String, Map<Place, Rest>> rests() {
        return locked(() -> {
            Map<String, Map<Place, Rest>> byProject = new HashMap<>();
            rests.lasting(clock.millis()).forEach((place, rest) -> {
                KeyState key = place.scope() == Scope.KEY || place.scope() == Scope.KEY_MODEL ? roster.find(place.owner()) : null;
                String project = place.scope() == Scope.PROJECT || place.scope() == Scope.PROJECT_MODEL ? place.owner()
                        : key == null ? "" : key.project;
                // Every node reads the caps and their use from the database.
                if (!project.isEmpty() && rest.kind() != Rest.Kind.CAPPED) {
                    byProject.computeIfAbsent(project, name -> new HashMap<>()).put(place, rest);
                }
            });
            return byProject;
        });
    }

    /** Sets how many nodes share all that is allowed without a word between them. @param nodes positive; 1 = they talk, or there is one */
    void share(int nodes) {
        locked(() -> {
            quotas.share(nodes);
            for (KeyState key : roster.all()) {
                key.nodes = nodes;
            }
            views.clear();
            return nodes;
        });
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
