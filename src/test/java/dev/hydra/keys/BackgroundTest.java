package dev.hydra.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BackgroundTest {
    @Test
    void theEndWaitsForWorkAndInterruptsNothing() throws InterruptedException {
        Background background = new Background();
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        List<String> done = new CopyOnWriteArrayList<>();
        background.run("A write", () -> {
            started.countDown();
            try {
                released.await();
                done.add(Thread.currentThread().isInterrupted() ? "interrupted" : "written");
            } catch (InterruptedException e) {
                done.add("interrupted");
            }
        });
        started.await();

        background.end(released::countDown);
        background.run("Too late", () -> done.add("too late"));
        background.close();

        assertThat(done).containsExactly("written");
    }
}
