package dev.hydra.keys;

import dev.hydra.Component;
import dev.hydra.wire.Threads;
import jakarta.annotation.PreDestroy;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work of the pool that no request waits for, on virtual threads that end with the application. */
@Component
public final class Background implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Background.class);
    /** Checks at once, so that 10,000 keys do not look like an attack on the provider. */
    private static final int AT_ONCE = 8;
    private static final int LONGEST_END_SECONDS = 20;

    private final ExecutorService executor = Executors.newThreadPerTaskExecutor(Threads.virtual("hydra-keys-"));
    private final Semaphore places = new Semaphore(AT_ONCE);

    /** Runs soon. @param what for the log when it fails */
    void run(String what, Runnable work) {
        try {
            executor.execute(() -> guarded(what, work));
        } catch (RejectedExecutionException e) {
            LOG.debug("{} is left: the application is closing", what);
        }
    }

    /** Runs for each item, several at once, and waits for all. Ends early when the application closes. */
    <T> void forEach(String what, Collection<T> items, Consumer<T> work) {
        CountDownLatch open = new CountDownLatch(items.size());
        try {
            for (T item : items) {
                places.acquire();
                executor.execute(() -> {
                    try {
                        guarded(what, () -> work.accept(item));
                    } finally {
                        places.release();
                        open.countDown();
                    }
                });
            }
            open.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RejectedExecutionException e) {
            places.release();
            LOG.debug("{} is left: the application is closing", what);
        }
    }

    private static void guarded(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("{} failed: {}", what, e.toString());
        }
    }

    /**
     * Takes no more work and waits for what runs. Interrupts only after 20 s: H2 closes its file when an interrupted thread writes to it.
     *
     * @param hurry runs once no more work is taken; makes the running work end early
     */
    void end(Runnable hurry) {
        executor.shutdown();
        hurry.run();
        try {
            if (!executor.awaitTermination(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("Work of the pool does not end by itself and is interrupted");
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for what runs, up to 20 s. */
    @Override
    @PreDestroy
    public void close() {
        end(() -> {
        });
    }
}
