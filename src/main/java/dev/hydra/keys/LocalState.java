package dev.hydra.keys;

import dev.hydra.Component;
import dev.hydra.keys.Snapshot.Day;
import dev.hydra.keys.Snapshot.KeyView;
import dev.hydra.keys.Snapshot.Place;
import dev.hydra.keys.Snapshot.Quota;
import dev.hydra.settings.Settings;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The shared state of a single node. One lock guards all of it, since a claim takes about a microsecond; nothing is waited for under it.
 */
@Component
public final class LocalState implements SharedState {
    /** The best keys among which tolerance may choose at most. */
    private static final int WIDEST_WINDOW = 32;

    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicLong changes = new AtomicLong();
    private final Clock clock;
    private final double tolerance;
    private final Backoff backoff;
    private final Memory memory;
    private final Roster roster = new Roster();
    private final Rests rests = new Rests();
    private final Days days = new Days();
    private final Views views;
    private long uses;

    /** For CDI. */
    @Inject
    public LocalState(Settings settings, Clock clock) {
        this(settings.pool(), clock);
    }

    /** An empty state. */
    public LocalState(Settings.Pool policy, Clock clock) {
        this.clock = clock;
        this.tolerance = policy.tolerance();
        this.backoff = new Backoff(policy.failureThreshold());
        this.memory = new Memory(clock);
        this.views = new Views(policy.strategy() == Settings.Strategy.BALANCED, rests, roster);
    }

    @Override
    public void join(Member member) {
        locked(() -> {
            boolean listsChanged = roster.join(member);
            KeyState key = roster.find(member.id());
            if (key == null) {
                throw new IllegalStateException("a key that has joined is not there");
            }
            if (!key.named && !key.project.equals(member.bucket())) {
                move(List.of(key), key.project, member.bucket());
            }
            if (listsChanged) {
                views.clear();
            } else {
                views.readmit(key, clock.millis());
            }
            return key;
        });
    }

    @Override
    public void leave(String id) {
        locked(() -> {
            KeyState key = roster.find(id);
            if (key != null) {
                boolean listsChanged = roster.leave(key);
                views.readmit(key, clock.millis());
                if (listsChanged) {
                    views.clear();
                }
            }
            return Optional.ofNullable(key);
        });
    }

    @Override
    public Claimed claim(Claim claim) {
        return locked(() -> {
            long now = clock.millis();
            if (roster.active() == 0) {
                return new Claimed.Empty();
            }
            ModelView view = views.of(claim.model());
            KeyState owner = claim.owner().map(roster::find).orElse(null);
            if (owner != null && roster.has(owner, claim.model())) {
                return view.chooseOf(owner, claim.tried(), now).map(slot -> take(view, slot, now)).orElseGet(() -> {
                    Rest rest = view.slot(owner, now).bucket.rest;
                    return rest == null ? new Claimed.Tried() : new Claimed.Resting(rest);
                });
            }
            int window = 1 + (int) (tolerance * Math.min(WIDEST_WINDOW, roster.active() - 1));
            Slot slot = view.choose(window, claim.draw(), claim.tried(), now);
            return slot == null ? refuse(view) : take(view, slot, now);
        });
    }

    private static Claimed refuse(ModelView view) {
        if (view.isEmpty()) {
            return new Claimed.Lacking();
        }
        return view.firstRest().<Claimed>map(Claimed.Resting::new).orElseGet(Claimed.Tried::new);
    }

    private Claimed take(ModelView view, Slot slot, long now) {
        slot.key.inFlight++;
        view.used(slot, 1, ++uses, now);
        Views.rerank(slot.key, slot, now);
        return new Claimed.Granted(new Held(slot));
    }

    @Override
    public Health release(Grant grant, Settlement settlement) {
        if (!(grant instanceof Held held)) {
            throw new IllegalArgumentException("not a grant of this state");
        }
        return locked(() -> {
            long now = clock.millis();
            Slot slot = held.slot;
            KeyState key = slot.key;
            key.inFlight--;
            if (key.slotIn(slot.view) == slot) {
                slot.view.used(slot, -1, 0, now);
            }
            settle(key, slot.view.model, settlement, now);
            Views.rerank(key, slot, now);
            roster.released(key);
            return key.health;
        });
    }

    private void settle(KeyState key, String model, Settlement settlement, long now) {
        switch (settlement) {
            case Settlement.Used used -> {
                changes.incrementAndGet();
                days.add(new Quota(key.project, model), 1, used.tokens(), now);
                if (!key.health.equals(Health.GOOD)) {
                    become(key, Health.GOOD, now);
                }
            }
            case Settlement.Cool cool -> rest(key, model, cool.scope(), cool.rest(), now);
            case Settlement.Failed failed -> become(key, backoff.failed(key.health, failed.reason(), Instant.ofEpochMilli(now)), now);
            case Settlement.Suspected suspected -> {
                become(key, backoff.suspected(key.health, suspected.reason(), Instant.ofEpochMilli(now)), now);
                if (suspected.scope() == Scope.PROJECT || suspected.scope() == Scope.PROJECT_MODEL) {
                    Instant until = Instant.ofEpochMilli(now).plus(Backoff.SUSPICION);
                    rest(key, model, Scope.PROJECT, new Rest(until, Rest.Kind.SUSPECT, suspected.reason()), now);
                }
            }
            case Settlement.Ignored ignored -> {
            }
        }
    }

    private void rest(KeyState key, String model, Scope scope, Rest rest, long now) {
        changes.incrementAndGet();
        rests.put(switch (scope) {
            case KEY -> new Place(scope, key.id, "");
            case KEY_MODEL -> new Place(scope, key.id, model);
            case PROJECT -> new Place(scope, key.project, "");
            case PROJECT_MODEL -> new Place(scope, key.project, model);
        }, rest, now);
        views.reconsider(key, scope, now);
    }

    private void become(KeyState key, Health health, long now) {
        changes.incrementAndGet();
        key.health = health;
        views.reconsider(key, Scope.KEY, now);
    }

    @Override
    public boolean assign(String id, String project) {
        return locked(() -> {
            KeyState key = roster.find(id);
            if (key == null || key.project.equals(project)) {
                return false;
            }
            String old = key.project;
            move(roster.all().stream().filter(other -> other == key || !other.named && other.project.equals(old)).toList(), old, project);
            key.named = true;
            return true;
        });
    }

    private void move(List<KeyState> keys, String from, String to) {
        long now = clock.millis();
        changes.incrementAndGet();
        keys.forEach(key -> key.project = to);
        rests.inherit(from, to, now);
        if (roster.all().stream().noneMatch(key -> key.project.equals(from))) {
            roster.rename(from, to);
            days.move(from, to);
        }
        keys.forEach(key -> views.readmit(key, now));
        views.reconsider(to, now);
    }

    @Override
    public void resume(String id) {
        locked(() -> {
            KeyState key = roster.find(id);
            if (key != null) {
                long now = clock.millis();
                rests.remove(new Place(Scope.PROJECT, key.project, ""), Rest.Kind.SUSPECT);
                become(key, new Health(key.health.failures(), key.health.pauses(), key.health.suspicions(), Optional.empty()), now);
                views.reconsider(key.project, now);
            }
            return Optional.ofNullable(key);
        });
    }

    @Override
    public Cleared reset() {
        return locked(() -> {
            changes.incrementAndGet();
            int paused = 0;
            for (KeyState key : roster.all()) {
                paused += key.health.equals(Health.GOOD) ? 0 : 1;
                key.health = Health.GOOD;
            }
            Cleared cleared = new Cleared(rests.clear(), paused, days.clear());
            views.clear();
            return cleared;
        });
    }

    @Override
    public Snapshot snapshot() {
        return locked(() -> {
            long now = clock.millis();
            Map<String, KeyView> keys = new HashMap<>();
            for (KeyState key : roster.all()) {
                keys.put(key.id, new KeyView(key.project, key.inFlight, key.health));
            }
            return new Snapshot(rests.lasting(now), days.current(now), keys);
        });
    }

    @Override
    public void restore(Snapshot snapshot) {
        locked(() -> {
            long now = clock.millis();
            snapshot.rests().forEach((place, rest) -> rests.put(place, rest, now));
            snapshot.days().forEach((Quota quota, Day day) -> days.add(quota, day));
            snapshot.keys().forEach((id, view) -> {
                KeyState key = roster.find(id);
                if (key != null && key.health.equals(Health.GOOD)) {
                    key.health = view.health();
                }
            });
            views.clear();
            return days.current(now);
        });
    }

    @Override
    public long changes() {
        return changes.get();
    }

    @Override
    public void remember(String name, String text, Duration ttl) {
        memory.remember(name, text, ttl);
    }

    @Override
    public Optional<String> recall(String name) {
        return memory.recall(name);
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private record Held(Slot slot) implements Grant {
        @Override
        public String key() {
            return slot.key.id;
        }
    }
}
