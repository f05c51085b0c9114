package dev.hydra.keys;

import dev.hydra.secret.Fingerprint;
import dev.hydra.secret.Secret;
import dev.hydra.settings.Settings.LimitMode;
import dev.hydra.settings.Settings.Pool;
import dev.hydra.settings.Settings.Strategy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A pool with a clock of its own, and short words for tests. */
final class TestPool {
    static final String MODEL = "gemini-2.5-flash";

    final SettableClock clock = new SettableClock(Instant.parse("2026-03-10T12:00:00Z"));
    final LocalState state;
    final Caps caps;
    final KeyPool pool;
    final List<String> ids = new ArrayList<>();
    private final Pool policy;

    TestPool(Pool policy) {
        this(policy, LimitTable.none());
    }

    TestPool(Pool policy, LimitTable limits) {
        this(policy, limits, List.of());
    }

    TestPool(Pool policy, LimitTable limits, List<Cap> capped) {
        this.policy = policy;
        state = new LocalState(policy, clock, limits);
        caps = new Caps(capped, clock);
        pool = new KeyPool(state, caps, clock, () -> 0);
    }

    static TestPool balanced(int keys) {
        return new TestPool(policy(Strategy.BALANCED, 0, 3)).with(keys);
    }

    static TestPool sequential(int keys) {
        return new TestPool(policy(Strategy.SEQUENTIAL, 0, 3)).with(keys);
    }

    static Pool policy(Strategy strategy, double tolerance, int concurrency) {
        return new Pool(strategy, tolerance, LimitMode.OFF, Duration.ofSeconds(20), 3, concurrency);
    }

    TestPool with(int keys) {
        for (int i = 0; i < keys; i++) {
            add("", Optional.empty());
        }
        return this;
    }

    /** Adds a key. @return its id */
    String add(String project, Optional<Set<String>> models) {
        Secret secret = Secret.of("key-number-" + ids.size());
        PooledKey key = new PooledKey(Fingerprint.of(secret), secret, project);
        ids.add(key.id());
        pool.put(key, new Member(key.id(), project, policy.concurrency(), models));
        return key.id();
    }

    Offer offer() {
        return offer(MODEL);
    }

    Offer offer(String model, String... tried) {
        return pool.lease(new LeaseRequest(model, 0, List.of(), Set.of(tried)));
    }

    Offer offer(long tokens) {
        return pool.lease(new LeaseRequest(MODEL, tokens, List.of(), Set.of()));
    }

    /** A lease that there must be. @param tokens estimated */
    Lease lease(long tokens) {
        return granted(offer(tokens));
    }

    /** A lease that there must be. */
    Lease lease() {
        return lease(MODEL);
    }

    Lease lease(String model, String... tried) {
        return granted(offer(model, tried));
    }

    Lease lease(String model, Set<String> tried) {
        return granted(pool.lease(new LeaseRequest(model, 0, List.of(), tried)));
    }

    private static Lease granted(Offer offer) {
        if (offer instanceof Offer.Granted granted) {
            return granted.lease();
        }
        throw new AssertionError("no key was granted but " + offer);
    }

    /** The key used by a request that succeeds. */
    String use() {
        return use(MODEL);
    }

    String use(String model) {
        try (Lease lease = lease(model)) {
            lease.succeeded(10);
            return lease.keyId();
        }
    }

    int inFlight() {
        return state.snapshot().keys().values().stream().mapToInt(Snapshot.KeyView::inFlight).sum();
    }
}
