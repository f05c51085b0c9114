package dev.hydra.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.settings.Settings.Strategy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many threads at one pool, while keys come and go. */
class LocalStateStressTest {
    private static final int THREADS = 16;
    private static final int ROUNDS = 4_000;

    @Test
    void noLeaseAndNoCountIsLost37() throws Exception {
        TestPool pool = new TestPool(TestPool.policy(Strategy.BALANCED, 0.1, 2));
        IntStream.range(0, 40).forEach(i -> pool.add(i % 3 == 0 ? "" : "p" + i % 7, Optional.empty()));
        AtomicLong succeeded = new AtomicLong();
        AtomicLong granted = new AtomicLong();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            Callable<Boolean> work = () -> {
                for (int i = 0; i < ROUNDS; i++) {
                    request(pool, succeeded, granted);
                }
                return true;
            };
            for (Future<Boolean> done : threads.invokeAll(IntStream.range(0, THREADS).mapToObj(i -> work).toList())) {
                assertThat(done.get()).isTrue();
            }
        }
        assertThat(granted.get()).isPositive();
        assertThat(pool.inFlight()).isZero();
        assertThat(pool.state.snapshot().days().values().stream().mapToLong(Snapshot.Day::requests).sum()).isEqualTo(succeeded.get());
        assertThat(pool.state.snapshot().days().values().stream().mapToLong(Snapshot.Day::tokens).sum()).isEqualTo(succeeded.get() * 3);
    }

    private static void request(TestPool pool, AtomicLong succeeded, AtomicLong granted) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String model = "model-" + random.nextInt(3);
        Offer offer = pool.offer(model);
        if (!(offer instanceof Offer.Granted)) {
            pool.clock.advance(Duration.ofMillis(20));
            return;
        }
        granted.incrementAndGet();
        try (Lease lease = ((Offer.Granted) offer).lease()) {
            switch (random.nextInt(20)) {
                case 0 -> lease.coolUntil(Scope.PROJECT_MODEL, pool.clock.in(Duration.ofMillis(random.nextInt(50))), false, "");
                case 1 -> lease.failed("");
                case 2 -> lease.learnProject("projects/" + random.nextInt(10));
                case 3 -> {
                    pool.state.leave(lease.keyId());
                    pool.state.join(new Member(lease.keyId(), "", 2, Optional.empty()));
                }
                case 4 -> {
                }
                default -> {
                    lease.succeeded(3);
                    succeeded.incrementAndGet();
                }
            }
        }
    }
}
