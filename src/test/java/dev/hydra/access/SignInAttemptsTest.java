package dev.hydra.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.access.SignInAttempts.Outcome;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SignInAttemptsTest {
    @Test
    void manyAtOnceAreNotMoreThanOneAfterTheOther() throws InterruptedException {
        SignInAttempts attempts = new SignInAttempts(new MovableClock());
        InetAddress address = InetAddress.getLoopbackAddress();
        List<Outcome> outcomes = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    start.await();
                    outcomes.add(attempts.attempt(address, () -> false));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(outcomes).hasSize(50);
        assertThat(outcomes).filteredOn(outcome -> outcome == Outcome.WRONG).hasSize(SignInAttempts.ALLOWED);
        assertThat(attempts.attempt(address, () -> true)).isEqualTo(Outcome.HAS_TO_WAIT);
    }
}
