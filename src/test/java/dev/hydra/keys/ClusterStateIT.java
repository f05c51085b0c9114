package dev.hydra.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.support.RedisServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several nodes on one intact Redis. */
class ClusterStateIT {
    private static final Limit FIVE_A_MINUTE = new Limit(5, Limit.UNKNOWN, Limit.UNKNOWN);

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
    void requestsAtOnceOfAKeyAreCountedOverAllNodes() throws Exception {
        try (Nodes nodes = new Nodes(redis, Limit.NONE.with(new Limit.Told(Limit.Measure.REQUESTS_PER_MINUTE, 1_000)), 3).keys(4, 1)
                .start(3, Nodes.PATIENT)) {
            List<Lease> leases = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                leases.add(Nodes.lease(nodes.pools.get(i % 3)));
            }
            assertThat(nodes.pools).allSatisfy(pool -> assertThat(Nodes.offer(pool)).isInstanceOf(Offer.Cooling.class));
            leases.forEach(Lease::ignored);
            assertThat(nodes.pools).allSatisfy(pool -> Nodes.lease(pool).ignored());
        }
    }

    @Test
    void whatOneNodeUsedUpIsRefusedByTheOtherWithTheTimeWhenThereIsRoom() {
        try (Nodes nodes = new Nodes(redis, FIVE_A_MINUTE, 1_000).keys(1, 1).start(2, Nodes.PATIENT)) {
            IntStream.range(0, 5).forEach(i -> Nodes.lease(nodes.pools.getFirst()).succeeded(1, 2));
            Offer offer = Nodes.offer(nodes.pools.get(1));
            assertThat(offer).isInstanceOfSatisfying(Offer.Cooling.class, cooling -> {
                assertThat(cooling.daily()).isFalse();
                assertThat(cooling.until()).isBetween(java.time.Instant.now().plusSeconds(50), java.time.Instant.now().plusSeconds(61));
            });
        }
    }

    static void inParallel(int clients, java.util.function.IntConsumer work) throws Exception {
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
