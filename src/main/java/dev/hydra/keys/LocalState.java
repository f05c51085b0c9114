package dev.hydra.keys;

import dev.hydra.keys.Snapshot.Day;
import dev.hydra.keys.Snapshot.KeyView;
import dev.hydra.keys.Snapshot.Place;
import dev.hydra.keys.Snapshot.Quota;
import dev.hydra.settings.Settings;
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
import org.jspecify.annotations.Nullable;

/**
 * The shared state of a single node. One lock guards all of it, since a claim takes about a microsecond; nothing is waited for under it.
 */
public final class LocalState implements SharedState {
    /** When a claim is worth repeating that found every key busy: nobody knows when one is released. */
    private static final Duration BUSY_FOR = Duration.ofMillis(100);
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
    private final Quotas quotas;
    private final Views views;
    /** Whether a key never gets more requests at once than it should have; else only when no other has room. */
    private final boolean keepsConcurrency;
    private long uses;

    /** An empty state. @throws dev.hydra.settings.InvalidSettings when the file of limits is not in order */
    public LocalState(Settings settings, Clock clock) {
        this(settings.pool(), clock);
    }

    /** An empty state. @throws dev.hydra.settings.InvalidSettings when the file of limits is not in order */
    public LocalState(Settings.Pool policy, Clock clock) {
        this(policy, clock, policy.limitsFile().map(LimitTable::read).orElseGet(LimitTable::none));
    }

    /** An empty state. @param limits that the operator has set */
    LocalState(Settings.Pool policy, Clock clock, LimitTable limits) {
        this.clock = clock;
        this.tolerance = policy.tolerance();
        this.backoff = new Backoff(policy.failureThreshold());
        this.memory = new Memory(clock);
        this.quotas = new Quotas(policy.limits(), LimitTable.builtIn(), limits);
        this.keepsConcurrency = policy.limits() == Settings.LimitMode.ENFORCE;
        this.views = new Views(policy.strategy() == Settings.Strategy.BALANCED, rests, quotas, roster);
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
                ModelView.Choice own = view.chooseOf(owner, claim, now);
                Rest rest = view.slot(owner, now).bucket.rest;
                return granted(view, own, claim, now).orElseGet(() -> rest == null ? unfit(own, now).orElseGet(Claimed.Tried::new)
                        : new Claimed.Resting(rest));
            }
            int window = 1 + (int) (tolerance * Math.min(WIDEST_WINDOW, roster.active() - 1));
            ModelView.Choice choice = view.choose(window, claim, now);
            return granted(view, choice, claim, now).orElseGet(() -> refuse(view, choice, now));
        });
    }

    private Optional<Claimed> granted(ModelView view, ModelView.Choice choice, Claim claim, long now) {
        Slot slot = choice.slot() == null && !keepsConcurrency ? choice.busy() : choice.slot();
        return slot == null ? Optional.empty() : Optional.of(take(view, slot, claim, now));
    }

    private static Claimed refuse(ModelView view, ModelView.Choice choice, long now) {
        if (view.isEmpty()) {
            return new Claimed.Lacking();
        }
        return unfit(choice, now).or(() -> view.firstRest().<Claimed>map(Claimed.Resting::new)).orElseGet(Claimed.Tried::new);
    }

    /** Keys that could serve but for the number of requests under way, or for the size of this request. */
    private static Optional<Claimed> unfit(ModelView.Choice choice, long now) {
        if (choice.busy() != null) {
            return Optional.of(new Claimed.Busy(Instant.ofEpochMilli(now).plus(BUSY_FOR)));
        }
        ModelView.Tight tight = choice.tight();
        return tight == null ? Optional.empty()
                : Optional.of(new Claimed.Tight(Instant.ofEpochMilli(tight.at()), tight.project(), tight.largest()));
    }

    private Claimed take(ModelView view, Slot slot, Claim claim, long now) {
        slot.key.inFlight++;
        Quota quota = slot.bucket.quota;
        Window.Use use = quotas.counting() ? window(slot.bucket, now).claim(claim.tokens(), now) : null;
        view.used(slot, 1, ++uses, now);
        Views.rerank(slot.key, slot, now);
        changed(view.allowance, quota, now);
        return new Claimed.Granted(new Held(slot, use, claim.tokens()));
    }

    private Window window(Bucket bucket, long now) {
        Window known = bucket.window();
        return known == null ? quotas.window(bucket.quota, now) : known;
    }

    /** What a quota has left has changed, which other models of its group feel too. */
    private void changed(Allowance allowance, Quota quota, long now) {
        if (allowance.models().size() > 1) {
            views.reconsider(quota.project(), now);
        }
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
            settle(slot, settlement, now);
            held.settle(settlement);
            if (key.slotIn(slot.view) == slot) {
                slot.view.used(slot, -1, 0, now);
            }
            Views.rerank(key, slot, now);
            changed(slot.view.allowance, slot.bucket.quota, now);
            roster.released(key);
            return key.health;
        });
    }

    private void settle(Slot slot, Settlement settlement, long now) {
        KeyState key = slot.key;
        String model = slot.view.model;
        switch (settlement) {
            case Settlement.Used used -> {
                changes.incrementAndGet();
                slot.answered(used.tokens(), now);
                slot.guesses = 0;
                if (!key.health.equals(Health.GOOD)) {
                    become(key, Health.GOOD, now);
                }
            }
            case Settlement.Cool cool -> {
                quotas.learn(new Quota(key.project, quotas.group(model)), cool.told(), now);
                rest(key, model, cool.scope(),
                        cool.guessed() ? Backoff.guess(cool.rest(), slot.guesses++, Instant.ofEpochMilli(now)) : cool.rest(), now);
            }
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
            case Settlement.Unsent unsent -> {
            }
        }
    }

    private void rest(KeyState key, String model, Scope scope, Rest rest, long now) {
        changes.incrementAndGet();
        rests.put(switch (scope) {
            case KEY -> new Place(scope, key.id, "");
            case KEY_MODEL -> new Place(scope, key.id, model);
            case PROJECT -> new Place(scope, key.project, "");
            case PROJECT_MODEL -> new Place(scope, key.project, quotas.group(model));
        }, rest, now);
        views.reconsider(key, scope, now);
    }

    private void become(KeyState key, Health health, long now) {
        changes.incrementAndGet();
        key.health = health;
        views.reconsider(key, Scope.KEY, now);
    }

    @Override
    public Health failed(String id, String reason) {
        return locked(() -> {
            KeyState key = roster.find(id);
            if (key == null) {
                return Health.GOOD;
            }
            long now = clock.millis();
            become(key, backoff.failed(key.health, reason, Instant.ofEpochMilli(now)), now);
            return key.health;
        });
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
            quotas.move(from, to);
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
            Cleared cleared = new Cleared(rests.clear(), paused, quotas.clear());
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
            return new Snapshot(rests.lasting(now), quotas.days.current(now), keys, quotas.told(), quotas.fills(now));
        });
    }

    @Override
    public void restore(Snapshot snapshot) {
        locked(() -> {
            long now = clock.millis();
            snapshot.rests().forEach((place, rest) -> rests.put(place, rest, now));
            snapshot.days().forEach((Quota quota, Day day) -> quotas.days.add(quota, day));
            snapshot.limits().forEach(quotas::learn);
            snapshot.keys().forEach((id, view) -> {
                KeyState key = roster.find(id);
                if (key != null && key.health.equals(Health.GOOD)) {
                    key.health = view.health();
                }
            });
            views.clear();
            return quotas.days.current(now);
        });
    }

    @Override
    public void regroup(Map<String, String> groups) {
        locked(() -> {
            quotas.regroup(groups);
            views.clear();
            return groups;
        });
    }

    @Override
    public void lift(Rest.Kind kind) {
        locked(() -> {
            boolean lifted = rests.removeAll(kind);
            if (lifted) {
                changes.incrementAndGet();
                views.clear();
            }
            return lifted;
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

    /** What other nodes have to tell this state. */
    Mirror mirror() {
        return new Mirror(lock, clock, changes, roster, rests, quotas, views, keepsConcurrency);
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** @param use null where nothing is counted */
    record Held(Slot slot, Window.@Nullable Use use, long estimate) implements Grant {
        @Override
        public String key() {
            return slot.key.id;
        }

        private void settle(Settlement settlement) {
            if (use != null) {
                long real = settlement instanceof Settlement.Used used && used.input() > 0 ? used.input() : estimate;
                Window.settle(use, estimate, real, settlement.counted());
            }
        }
    }
}
