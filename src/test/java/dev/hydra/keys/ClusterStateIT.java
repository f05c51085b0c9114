package dev.hydra.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hydra.keys.Limit.Measure;
import dev.hydra.keys.Limit.Told;
import dev.hydra.keys.Snapshot.Place;
import dev.hydra.keys.Snapshot.Quota;
import dev.hydra.support.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** Several nodes on one intact Redis. */
class ClusterStateIT {
    private static final Limit FIVE_A_MINUTE = new Limit(5, Limit.UNKNOWN, Limit.UNKNOWN);
    private static final Limit MANY = new Limit(1_000_000, Limit.UNKNOWN, Limit.UNKNOWN);

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

    @Test
    void threeNodesAndFiftyClientsNeverExceedABucketByOneAndUseAllOfIt() throws Exception {
        try (Nodes nodes = new Nodes(redis, new Limit(15, Limit.UNKNOWN, Limit.UNKNOWN), 1_000).keys(20, 2).start(3, Nodes.PATIENT)) {
            Map<String, AtomicInteger> granted = new ConcurrentHashMap<>();
            inParallel(50, client -> {
                for (int i = 0; i < 40; i++) {
                    if (Nodes.offer(nodes.pools.get(client % 3)) instanceof Offer.Granted one) {
                        granted.computeIfAbsent(one.lease().project(), project -> new AtomicInteger()).incrementAndGet();
                        one.lease().succeeded(1, 2);
                    }
                }
            });
            assertThat(granted).hasSize(20);
            assertThat(granted.values()).allSatisfy(count -> assertThat(count.get()).isEqualTo(15));
        }
    }

    @Test
    void tokensOfAMinuteAreSharedAndSettledWithTheRealUse() throws Exception {
        try (Nodes nodes = new Nodes(redis, new Limit(Limit.UNKNOWN, 1_000, Limit.UNKNOWN), 1_000).keys(1, 1).start(3, Nodes.PATIENT)) {
            AtomicInteger granted = new AtomicInteger();
            inParallel(50, client -> {
                if (Nodes.offer(nodes.pools.get(client % 3), 100) instanceof Offer.Granted one) {
                    granted.incrementAndGet();
                    // It was half as large as estimated.
                    one.lease().succeeded(50, 60);
                }
            });
            assertThat(granted.get()).isBetween(10, 20);
            // 18 × 50 and one more of 100 fit, 19 × 50 and one of 100 do not.
            await().atMost(Duration.ofSeconds(10)).until(() -> {
                for (KeyPool pool : nodes.pools) {
                    if (Nodes.offer(pool, 100) instanceof Offer.Granted one) {
                        granted.incrementAndGet();
                        one.lease().succeeded(50, 60);
                    }
                }
                return granted.get() >= 19;
            });
            assertThat(nodes.pools).allSatisfy(pool -> assertThat(Nodes.offer(pool, 100)).isInstanceOf(Offer.Cooling.class));
            assertThat(granted.get()).isEqualTo(19);
            await().atMost(Duration.ofSeconds(10)).until(() -> Nodes.offer(nodes.pools.getFirst(), 50) instanceof Offer.Granted);
        }
    }

    @Test
    void aDaysRequestsAreSharedAndThoseUnderWayCount() {
        try (Nodes nodes = new Nodes(redis, new Limit(Limit.UNKNOWN, Limit.UNKNOWN, 4), 1_000).keys(1, 1).start(2, Nodes.PATIENT)) {
            Nodes.lease(nodes.pools.getFirst()).succeeded(1, 2);
            Nodes.lease(nodes.pools.get(1)).succeeded(1, 2);
            Lease open = Nodes.lease(nodes.pools.getFirst());
            Nodes.lease(nodes.pools.get(1)).succeeded(1, 2);
            assertThat(nodes.pools).allSatisfy(pool -> assertThat(Nodes.offer(pool))
                    .isInstanceOfSatisfying(Offer.Cooling.class, cooling -> assertThat(cooling.daily()).isTrue()));
            open.succeeded(1, 2);
            assertThat(nodes.states.getFirst().snapshot().days()).containsKey(new Quota("p0", Nodes.MODEL));
            assertThat(nodes.states.getFirst().snapshot().days().get(new Quota("p0", Nodes.MODEL)).requests()).isEqualTo(4);
        }
    }

    @Test
    void requestsAtOnceOfAKeyAreCountedOverAllNodes() {
        try (Nodes nodes = new Nodes(redis, MANY, 3).keys(4, 1).start(3, Nodes.PATIENT)) {
            List<Lease> leases = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                leases.add(Nodes.lease(nodes.pools.get(i % 3)));
            }
            assertThat(nodes.pools).allSatisfy(pool -> assertThat(Nodes.offer(pool)).isInstanceOf(Offer.Cooling.class));
            leases.forEach(Lease::ignored);
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(nodes.pools)
                    .allSatisfy(pool -> Nodes.lease(pool).ignored()));
        }
    }

    @Test
    void whatOneNodeUsedUpIsRefusedByTheOtherWithTheTimeWhenThereIsRoom() {
        try (Nodes nodes = new Nodes(redis, FIVE_A_MINUTE, 1_000).keys(1, 1).start(2, Nodes.PATIENT)) {
            IntStream.range(0, 5).forEach(i -> Nodes.lease(nodes.pools.getFirst()).succeeded(1, 2));
            assertThat(Nodes.offer(nodes.pools.get(1))).isInstanceOfSatisfying(Offer.Cooling.class, cooling -> {
                assertThat(cooling.daily()).isFalse();
                assertThat(cooling.until()).isBetween(Instant.now().plusSeconds(30), Instant.now().plusSeconds(61));
            });
        }
    }

    @Test
    void aRequestThatTheProviderRefusedUsesNothing() {
        try (Nodes nodes = new Nodes(redis, FIVE_A_MINUTE, 1_000).keys(1, 1).start(2, Nodes.PATIENT)) {
            Lease refused = Nodes.lease(nodes.pools.getFirst());
            IntStream.range(0, 4).forEach(i -> Nodes.lease(nodes.pools.get(i % 2)).succeeded(1, 2));
            assertThat(Nodes.offer(nodes.pools.get(1))).isInstanceOf(Offer.Cooling.class);
            refused.coolUntil(Scope.PROJECT_MODEL, Instant.now(), false, "shared overload");
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(Nodes.offer(nodes.pools.get(1))).isInstanceOf(Offer.Granted.class));
        }
    }

    @Test
    void aRequestThatWaitsIsWokenByTheReleaseAtAnotherNode() throws Exception {
        try (Nodes nodes = new Nodes(redis, MANY, 1).keys(1, 1).start(2, Nodes.PATIENT)) {
            Lease open = Nodes.lease(nodes.pools.getFirst());
            assertThat(Nodes.offer(nodes.pools.get(1))).isInstanceOf(Offer.Cooling.class);
            AtomicInteger woken = new AtomicInteger();
            nodes.states.get(1).onRoom(woken::incrementAndGet);
            open.succeeded(1, 2);
            await().atMost(Duration.ofSeconds(10)).until(() -> woken.get() > 0);
            Nodes.lease(nodes.pools.get(1)).ignored();
        }
    }

    @Test
    void aNodeThatHoldsAllDoesNotStarveAnotherOne() throws Exception {
        try (Nodes nodes = new Nodes(redis, MANY, 1).keys(2, 1).start(2, Nodes.PATIENT)) {
            AtomicInteger busy = new AtomicInteger();
            AtomicInteger modest = new AtomicInteger();
            inParallel(21, client -> {
                while (modest.get() < 30) {
                    // One client at the second node against twenty at the first.
                    KeyPool pool = nodes.pools.get(client == 0 ? 1 : 0);
                    try {
                        if (pool.lease(new LeaseRequest(Nodes.MODEL, 1, List.of(), Set.of()),
                                Duration.ofSeconds(20)) instanceof Offer.Granted one) {
                            (client == 0 ? modest : busy).incrementAndGet();
                            one.lease().succeeded(1, 2);
                        }
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }
            });
            assertThat(modest.get()).isEqualTo(30);
            assertThat(busy.get()).as("grants at the busy node for 30 at the other").isLessThan(30 * 8);
        }
    }

    @Test
    void whatOneNodeLearnsOfARestTheOthersKnow() {
        try (Nodes nodes = new Nodes(redis, MANY, 10).keys(1, 1).start(2, Nodes.PATIENT)) {
            Instant until = Instant.now().plusSeconds(600);
            Nodes.lease(nodes.pools.getFirst()).coolUntil(Scope.PROJECT_MODEL, until, false, "429",
                    List.of(new Told(Measure.REQUESTS_PER_MINUTE, 7)));
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                Snapshot snapshot = nodes.states.get(1).snapshot();
                assertThat(snapshot.rests().get(new Place(Scope.PROJECT_MODEL, "p0", Nodes.MODEL)).until())
                        .isBetween(until.minusSeconds(5), until.plusSeconds(5));
                assertThat(snapshot.limits().get(new Quota("p0", Nodes.MODEL)).limit().rpm()).isEqualTo(7);
            });
            // A node that comes later hears of it with its first wish.
            KeyPool late = nodes.start(Nodes.PATIENT);
            assertThat(Nodes.offer(late)).isInstanceOf(Offer.Cooling.class);
            nodes.states.getFirst().reset();
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(nodes.states)
                    .allSatisfy(state -> assertThat(state.snapshot().rests()).isEmpty()));
            assertThat(Nodes.offer(late)).isInstanceOf(Offer.Granted.class);
        }
    }

    @Test
    void failuresOfAKeyCountOverAllNodesAndASuccessClearsThemEverywhere() {
        try (Nodes nodes = new Nodes(redis, MANY, 10).keys(1, 1).start(3, Nodes.PATIENT)) {
            String key = nodes.keys().getFirst().id();
            for (int i = 0; i < 2; i++) {
                int failures = i + 1;
                Nodes.lease(nodes.pools.get(i)).failed("500");
                await().atMost(Duration.ofSeconds(10)).until(() -> health(nodes, 2, key).failures() == failures);
            }
            Lease open = Nodes.lease(nodes.pools.getFirst());
            Nodes.lease(nodes.pools.get(2)).failed("500");
            await().atMost(Duration.ofSeconds(10)).until(() -> health(nodes, 0, key).pause().isPresent());
            assertThat(nodes.pools).allSatisfy(pool -> assertThat(Nodes.offer(pool)).isInstanceOf(Offer.NoKeys.class));
            open.succeeded(1, 2);
            await().atMost(Duration.ofSeconds(10)).until(() -> health(nodes, 2, key).equals(Health.GOOD));
            assertThat(Nodes.offer(nodes.pools.get(2))).isInstanceOf(Offer.Granted.class);
        }
    }

    private static Health health(Nodes nodes, int node, String key) {
        return nodes.states.get(node).snapshot().keys().get(key).health();
    }

    @Test
    void keysThatTurnOutToBeOfOneProjectShareWhatAllNodesHaveUsed() {
        try (Nodes nodes = new Nodes(redis, FIVE_A_MINUTE, 10).keys(2, 1).start(2, Nodes.PATIENT)) {
            IntStream.range(0, 4).forEach(i -> Nodes.lease(nodes.pools.get(i / 2)).succeeded(1, 2));
            nodes.keys().forEach(key -> nodes.states.getFirst().assign(key.id(), "projects/1"));
            await().atMost(Duration.ofSeconds(10)).until(() -> nodes.states.stream().allMatch(state -> state.snapshot().keys().values()
                    .stream().allMatch(key -> key.project().equals("projects/1"))));
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                try (Jedis client = redis.client()) {
                    assertThat(client.hget("hydra:{projects/1}:uses:" + Nodes.MODEL, "R")).isEqualTo("4");
                }
            });
            Nodes.lease(nodes.pools.get(1)).succeeded(1, 2);
            assertThat(nodes.pools).allSatisfy(pool -> assertThat(Nodes.offer(pool)).isInstanceOf(Offer.Cooling.class));
        }
    }

    @Test
    void whatOneNodeRemembersAnotherRecallsAndNoSecretIsInRedis() {
        try (Nodes nodes = new Nodes(redis, MANY, 10).keys(3, 1).start(2, Nodes.PATIENT)) {
            nodes.states.getFirst().remember("seal:tok_1:call-1", "gemini signature", Duration.ofHours(1));
            assertThat(nodes.states.get(1).recall("seal:tok_1:call-1")).contains("gemini signature");
            assertThat(nodes.states.get(1).recall("seal:tok_2:call-1")).isEmpty();
            Lease lease = Nodes.lease(nodes.pools.getFirst());
            lease.owns("files/1", Duration.ofHours(1));
            lease.failed("500");
            assertThat(nodes.pools.get(1).owner(List.of("files/1"))).contains(lease.keyId());
            try (Jedis client = redis.client()) {
                for (String name : client.keys("*")) {
                    assertThat(client.ttl(name)).as("%s ends by itself", name).satisfiesAnyOf(ttl -> assertThat(ttl).isPositive(),
                            ttl -> assertThat(name).startsWith("hydra:{nodes}:"));
                    assertThat(new String(client.dump(name), java.nio.charset.StandardCharsets.ISO_8859_1)).doesNotContain("key-number");
                    assertThat(name).doesNotContain("key-number").doesNotContain("call-1").hasSizeLessThan(200);
                }
            }
        }
    }

    @Test
    void leasesOfANodeThatDiedAreFreeAfterAWhile() {
        try (Nodes nodes = new Nodes(redis, MANY, 1).keys(1, 1).start(2, Nodes.PATIENT)) {
            Nodes.lease(nodes.pools.getFirst());
            nodes.states.getFirst().die();
            assertThat(Nodes.offer(nodes.pools.get(1))).isInstanceOf(Offer.Cooling.class);
            await().atMost(Referee.LEASE.plusSeconds(15)).pollInterval(Duration.ofMillis(500))
                    .until(() -> Nodes.offer(nodes.pools.get(1)) instanceof Offer.Granted);
            assertThat(nodes.states.get(1).cluster().nodes()).isEqualTo(1);
        }
    }

    @Test
    void aLongRequestKeepsItsPlaceAsLongAsItsNodeLives() {
        try (Nodes nodes = new Nodes(redis, MANY, 1).keys(1, 1).start(2, Nodes.PATIENT)) {
            Lease open = Nodes.lease(nodes.pools.getFirst());
            await().during(Referee.LEASE.plusSeconds(3)).atMost(Referee.LEASE.plusSeconds(20)).pollInterval(Duration.ofMillis(500))
                    .until(() -> Nodes.offer(nodes.pools.get(1)) instanceof Offer.Cooling);
            open.succeeded(1, 2);
        }
    }

    static void inParallel(int clients, IntConsumer work) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> tasks = IntStream.range(0, clients).<Callable<Boolean>>mapToObj(i -> () -> {
                work.accept(i);
                return true;
            }).toList();
            for (Future<Boolean> done : threads.invokeAll(tasks)) {
                done.get();
            }
        }
    }
}
