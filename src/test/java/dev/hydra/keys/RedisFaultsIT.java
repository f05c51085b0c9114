package dev.hydra.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hydra.keys.redis.RedisLink;
import dev.hydra.support.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Jedis;

/** Nodes whose Redis is killed, paused, flushed and started again. */
class RedisFaultsIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Limit FIFTEEN = new Limit(15, Limit.UNKNOWN, Limit.UNKNOWN);
    private static final Limit MANY = new Limit(10_000_000, Limit.UNKNOWN, Limit.UNKNOWN);

    @TempDir
    Path directory;
    private RedisServer redis;

    @BeforeEach
    void start() {
        redis = new RedisServer(directory);
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    /** What happens to Redis and is made good again. */
    enum Fault {
        KILL {
            @Override
            void strike(RedisServer redis) {
                redis.kill();
            }

            @Override
            void mend(RedisServer redis) {
                redis.start();
            }
        },
        PAUSE {
            @Override
            void strike(RedisServer redis) {
                redis.pause();
            }

            @Override
            void mend(RedisServer redis) {
                redis.resume();
            }
        },
        FLUSH {
            @Override
            void strike(RedisServer redis) {
                redis.flush();
            }

            @Override
            void mend(RedisServer redis) {
            }
        },
        RESTART {
            @Override
            void strike(RedisServer redis) {
                redis.kill();
                redis.start();
            }

            @Override
            void mend(RedisServer redis) {
            }
        };

        abstract void strike(RedisServer redis);

        abstract void mend(RedisServer redis);
    }

    @ParameterizedTest
    @EnumSource
    void noRequestFailsAndTheNodesJoinAgainByThemselves(Fault fault) throws Exception {
        try (Nodes nodes = new Nodes(redis, MANY, 1_000).keys(20, 1).start(2, RedisLink.LIMIT)) {
            await().atMost(SOON).until(() -> joined(nodes));
            AtomicBoolean over = new AtomicBoolean();
            AtomicInteger served = new AtomicInteger();
            ConcurrentLinkedQueue<Offer> refused = new ConcurrentLinkedQueue<>();
            ConcurrentLinkedQueue<Long> slow = new ConcurrentLinkedQueue<>();
            Thread load = Thread.ofVirtual().start(() -> {
                try {
                    ClusterStateIT.inParallel(20, client -> {
                        while (!over.get()) {
                            long begun = System.nanoTime();
                            Offer offer = Nodes.offer(nodes.pools.get(client % 2));
                            if (offer instanceof Offer.Granted granted) {
                                granted.lease().succeeded(1, 2);
                                served.incrementAndGet();
                            } else {
                                refused.add(offer);
                            }
                            long millis = (System.nanoTime() - begun) / 1_000_000;
                            if (millis >= 40) {
                                slow.add(millis);
                            }
                            // Clients that think: the machine must not be the bottleneck.
                            LockSupport.parkNanos(2_000_000);
                        }
                    });
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            await().atMost(SOON).until(() -> served.get() > 500);
            int before = served.get();
            slow.clear();
            Instant struck = Instant.now();
            fault.strike(redis);
            await().atMost(SOON).until(() -> served.get() > before + 500);
            long local = fault == Fault.FLUSH ? 0 : Duration.between(struck, Instant.now()).toMillis();
            if (fault == Fault.KILL || fault == Fault.PAUSE) {
                await().atMost(SOON).until(() -> nodes.states.stream().allMatch(state -> state.cluster().redis().equals("lost")));
            }
            List<Long> waits = new ArrayList<>(slow);
            Instant mended = Instant.now();
            fault.mend(redis);
            await().atMost(SOON).pollInterval(Duration.ofMillis(10)).until(() -> joined(nodes));
            long rejoined = Duration.between(mended, Instant.now()).toMillis();
            int then = served.get();
            await().atMost(SOON).until(() -> served.get() > then + 500);
            over.set(true);
            load.join();
            System.out.printf(
                    "%s: %d requests, %d refused; slower than 40 ms after the fault: %d, the slowest %d ms; 500 more served after %d ms; "
                            + "joined again after %d ms%n",
                    fault, served.get(), refused.size(), waits.size(),
                    waits.stream().mapToLong(Long::longValue).max().orElse(0), local, rejoined);
            assertThat(refused).isEmpty();
            assertThat(nodes.states).allSatisfy(state -> assertThat(state.snapshot().keys().values()).allMatch(key -> key.inFlight() == 0));
        }
    }

    private static boolean joined(Nodes nodes) {
        return nodes.states.stream().allMatch(state -> state.cluster().redis().equals("joined"));
    }

    private static long granted(KeyPool pool) {
        return IntStream.generate(() -> {
            if (Nodes.offer(pool) instanceof Offer.Granted granted) {
                granted.lease().succeeded(1, 2);
                return 1;
            }
            return 0;
        }).takeWhile(one -> one == 1).count();
    }

    @Test
    void withoutRedisEachNodeKeepsItsPartOfEveryLimit() {
        try (Nodes nodes = new Nodes(redis, FIFTEEN, 1_000).keys(4, 1).start(3, Nodes.PATIENT)) {
            await().atMost(SOON).until(() -> nodes.states.stream().allMatch(state -> state.cluster().nodes() == 3));
            redis.kill();
            assertThat(nodes.pools).allSatisfy(pool -> assertThat(granted(pool)).isEqualTo(4 * 5));
        }
    }

    @Test
    void aSlowRedisIsAskedNoMoreAfterTheFirstQuestion() {
        try (Nodes nodes = new Nodes(redis, MANY, 1_000).keys(4, 1).start(1, RedisLink.LIMIT)) {
            await().atMost(SOON).until(() -> joined(nodes));
            Nodes.lease(nodes.pools.getFirst()).succeeded(1, 2);
            redis.pause();
            IntStream.range(0, 1_000).forEach(i -> Nodes.lease(nodes.pools.getFirst()).succeeded(1, 2));
            assertThat(nodes.states.getFirst().cluster().redis()).isEqualTo("lost");
            assertThat(nodes.states.getFirst().cluster().trouble()).isNotEmpty();
            redis.resume();
            await().atMost(SOON).until(() -> joined(nodes));
            try (Jedis client = redis.client()) {
                // The leases, the first wish that was left without an answer, and what the rejoining needs: not one for each of 1,000.
                String calls = client.info("commandstats").lines().filter(line -> line.startsWith("cmdstat_evalsha:calls=")).findFirst()
                        .orElse("=0,").replaceAll("^[^=]*=([0-9]+),.*$", "$1");
                assertThat(Integer.parseInt(calls)).isLessThan(60);
                assertThat(client.hget("hydra:{p0}:days", "r|" + Nodes.MODEL)).isNotNull();
            }
            assertThat(days(nodes, 0)).isEqualTo(1_001);
            Nodes.lease(nodes.pools.getFirst()).succeeded(1, 2);
            assertThat(days(nodes, 0)).isEqualTo(1_002);
        }
    }

    private static long days(Nodes nodes, int node) {
        return nodes.states.get(node).snapshot().days().values().stream().mapToLong(Snapshot.Day::requests).sum();
    }

    @Test
    void whatWasUsedWithoutRedisCountsWhenItIsBack() {
        try (Nodes nodes = new Nodes(redis, FIFTEEN, 1_000).keys(1, 1).start(3, Nodes.PATIENT)) {
            await().atMost(SOON).until(() -> nodes.states.stream().allMatch(state -> state.cluster().nodes() == 3));
            IntStream.range(0, 6).forEach(i -> Nodes.lease(nodes.pools.get(i % 3)).succeeded(1, 2));
            redis.pause();
            // Whoever asks waits for Redis here, since these nodes are patient; in the product for 100 ms at most.
            assertThat(nodes.pools).allSatisfy(pool -> assertThat(granted(pool)).isEqualTo(3));
            redis.resume();
            await().atMost(SOON).until(() -> joined(nodes));
            assertThat(nodes.pools).allSatisfy(pool -> assertThat(granted(pool)).isZero());
            nodes.states.forEach(state -> assertThat(state.snapshot().days().values()).allMatch(day -> day.requests() <= 15));
        }
    }

    @Test
    void anEmptyRedisIsToldWhatTheNodesKnow() {
        try (Nodes nodes = new Nodes(redis, FIFTEEN, 3).keys(1, 5).start(3, Nodes.PATIENT)) {
            IntStream.range(0, 9).forEach(i -> Nodes.lease(nodes.pools.get(i % 3)).succeeded(1, 2));
            List<Lease> open = List.of(Nodes.lease(nodes.pools.getFirst()), Nodes.lease(nodes.pools.get(1)));
            redis.flush();
            await().atMost(SOON).untilAsserted(() -> {
                try (Jedis client = redis.client()) {
                    assertThat(client.hget("hydra:{p0}:uses:" + Nodes.MODEL, "R")).isEqualTo("11");
                    assertThat(client.hget("hydra:{p0}:days", "r|" + Nodes.MODEL)).isEqualTo("9");
                    assertThat(client.hget("hydra:{p0}:leases", "#o:" + Nodes.MODEL)).isEqualTo("2");
                }
            });
            assertThat(nodes.pools.stream().mapToLong(RedisFaultsIT::granted).sum()).isEqualTo(4);
            open.forEach(lease -> lease.succeeded(1, 2));
            try (Jedis client = redis.client()) {
                assertThat(client.hget("hydra:{p0}:days", "r|" + Nodes.MODEL)).isEqualTo("15");
                assertThat(client.hget("hydra:{p0}:leases", "#o:" + Nodes.MODEL)).isNull();
            }
        }
    }

    @Test
    void aNodeThatStartsWithoutRedisServesAndJoinsLater() {
        redis.kill();
        try (Nodes nodes = new Nodes(redis, FIFTEEN, 1_000).keys(1, 1).start(1, RedisLink.LIMIT)) {
            assertThat(nodes.states.getFirst().cluster().redis()).isEqualTo("lost");
            IntStream.range(0, 5).forEach(i -> Nodes.lease(nodes.pools.getFirst()).succeeded(1, 2));
            redis.start();
            await().atMost(SOON).until(() -> joined(nodes));
            nodes.start(Nodes.PATIENT);
            assertThat(granted(nodes.pools.get(1))).isEqualTo(10);
        }
    }
}
