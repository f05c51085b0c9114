package dev.hydra.keys;

import dev.hydra.secret.Fingerprint;
import dev.hydra.secret.Secret;
import dev.hydra.settings.RedisUrl;
import dev.hydra.settings.Settings.LimitMode;
import dev.hydra.settings.Settings.Pool;
import dev.hydra.settings.Settings.Strategy;
import dev.hydra.support.RedisServer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;

/** Pools of several nodes with the same keys on one Redis, by the real clock. */
final class Nodes implements AutoCloseable {
    static final String MODEL = "gemini-2.5-flash";
    /** A busy machine of tests must not look like a slow Redis. */
    static final Duration PATIENT = Duration.ofSeconds(5);

    final List<ClusterState> states = new ArrayList<>();
    final List<KeyPool> pools = new ArrayList<>();
    private final List<PooledKey> keys = new ArrayList<>();
    private final LimitTable limits;
    private final int concurrency;
    private final RedisServer redis;

    /** @param limit of each project; {@code concurrency} = requests at once per key */
    Nodes(RedisServer redis, Limit limit, int concurrency) {
        this.redis = redis;
        this.concurrency = concurrency;
        this.limits = LimitTable.parse("[[limit]]\nmodels = \"*\"\n" + figure("rpm", limit.rpm()) + figure("tpm", limit.tpm())
                + figure("rpd", limit.rpd()));
    }

    private static String figure(String name, long value) {
        return value == Limit.UNKNOWN ? "" : name + " = " + value + "\n";
    }

    /** Keys that every node has: so many projects of so many keys each. */
    Nodes keys(int projects, int each) {
        for (int i = 0; i < projects * each; i++) {
            Secret secret = Secret.of("key-number-" + i);
            keys.add(new PooledKey(Fingerprint.of(secret), secret, "p" + i / each));
        }
        return this;
    }

    Nodes start(int nodes, Duration limit) {
        for (int i = 0; i < nodes; i++) {
            start(limit);
        }
        return this;
    }

    /** One more node. */
    KeyPool start(Duration limit) {
        Pool policy = new Pool(Strategy.BALANCED, 0, LimitMode.ENFORCE, Duration.ofSeconds(20), 3, concurrency);
        ClusterState state = new ClusterState(new LocalState(policy, Clock.systemUTC(), limits), RedisUrl.parse(redis.url()),
                Clock.systemUTC(), limit).open();
        KeyPool pool = new KeyPool(state, Clock.systemUTC());
        keys.forEach(key -> pool.put(key, new Member(key.id(), key.project(), concurrency, Optional.empty())));
        states.add(state);
        pools.add(pool);
        Awaitility.await().until(() -> state.isListening() || state.cluster().redis().equals("lost"));
        return pool;
    }

    static Offer offer(KeyPool pool) {
        return offer(pool, 1);
    }

    static Offer offer(KeyPool pool, long tokens) {
        return pool.lease(new LeaseRequest(MODEL, tokens, List.of(), Set.of()));
    }

    /** A lease that there must be. */
    static Lease lease(KeyPool pool) {
        if (offer(pool) instanceof Offer.Granted granted) {
            return granted.lease();
        }
        throw new AssertionError("no key: " + offer(pool));
    }

    List<PooledKey> keys() {
        return keys;
    }

    @Override
    public void close() {
        states.forEach(ClusterState::close);
    }
}
