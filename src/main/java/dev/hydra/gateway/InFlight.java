package dev.hydra.gateway;

import static jakarta.enterprise.event.Reception.IF_EXISTS;
import static jakarta.interceptor.Interceptor.Priority.PLATFORM_BEFORE;

import dev.hydra.Component;
import dev.hydra.dialect.Failure;
import dev.hydra.settings.Settings;
import dev.hydra.wire.Sleeper;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests being answered, and how they end when the application does, on every server alike: from the beginning of a stop no new ones are taken;
 * those under way have {@code HYDRA_STOP_GRACE}; then exchanges with a provider are cut off and their clients told, and what is left because its
 * client does not read is interrupted. Requests of the admin API are waited for and never cut: interrupting a write to H2 closes its file.
 */
@Component
public final class InFlight {
    /** When a client that was refused or cut off by a stop should try again: another node is there, or this one comes back. */
    public static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(InFlight.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    /** For error frames to be written and for providers' calls to be closed. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final Duration grace;
    private final Sleeper sleeper;
    private final AtomicInteger requests = new AtomicInteger();
    private final Set<Tie> ties = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean cutting;

    @Inject
    public InFlight(Settings settings, Sleeper sleeper) {
        this.grace = settings.timeouts().stop();
        this.sleeper = sleeper;
    }

    /** A request comes in. @return false when none is taken any more; else {@link #leave} must follow */
    public boolean enter() {
        // Counted first: a stop that begins now sees it.
        requests.incrementAndGet();
        if (stopping.get()) {
            leave();
            return false;
        }
        return true;
    }

    /** A request that came in is over. */
    public void leave() {
        requests.decrementAndGet();
    }

    /** The longest time that a stop waits for a request. */
    public Duration patience() {
        return grace.plus(LAST_WORDS).plus(LAST_WORDS);
    }

    /** Whether a stop has begun. */
    public boolean isStopping() {
        return stopping.get();
    }

    /** What a client is told that the stop has caught. */
    public static Failure failure() {
        return new Failure(Failure.Kind.UNAVAILABLE, "The gateway is being stopped.", "", Optional.of(RETRY_AFTER));
    }

    /** An exchange on this thread. @param cut ends it early, from another thread; called at most once, and never after {@link Tie#close} */
    public Tie tie(Runnable cut) {
        Tie tie = new Tie(Thread.currentThread(), cut);
        ties.add(tie);
        if (cutting) {
            tie.cut();
        }
        return tie;
    }

    /** Takes no more requests and returns when all have ended, or have been made to. A further call waits for the first. */
    public void stop() {
        if (stopping.compareAndSet(false, true)) {
            try {
                end();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                stopped.countDown();
            }
            return;
        }
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end() throws InterruptedException {
        if (isLeftAfter(grace)) {
            LOG.info("{} requests are cut off: they did not end within HYDRA_STOP_GRACE ({} s)", requests.get(), grace.toSeconds());
        }
        cutting = true;
        ties.forEach(Tie::cut);
        if (isLeftAfter(LAST_WORDS)) {
            LOG.warn("{} requests did not end by themselves and are interrupted", requests.get());
            ties.forEach(Tie::interrupt);
        }
    }

    /** Waits by looking: only a stop calls it, and a request pays for the counter alone. */
    private boolean isLeftAfter(Duration patience) throws InterruptedException {
        for (long looks = patience.dividedBy(LOOK_AGAIN); looks > 0 && requests.get() > 0; looks--) {
            sleeper.sleep(LOOK_AGAIN);
        }
        return requests.get() > 0;
    }

    /** CDI's own word for the end, before anything that a request needs is closed; a server may give it before it destroys its filters. */
    void stop(@Observes(notifyObserver = IF_EXISTS) @Priority(PLATFORM_BEFORE) @BeforeDestroyed(ApplicationScoped.class) Object end) {
        stop();
    }

    /** What a stop can do to one exchange. */
    public final class Tie implements AutoCloseable {
        private final Thread thread;
        private final Runnable cut;
        private boolean open = true;
        private boolean used;

        private Tie(Thread thread, Runnable cut) {
            this.thread = thread;
            this.cut = cut;
        }

        private synchronized void cut() {
            if (open && !used) {
                used = true;
                cut.run();
            }
        }

        private synchronized void interrupt() {
            if (open) {
                thread.interrupt();
            }
        }

        /** Whether the stop has made use of it. */
        public synchronized boolean isCut() {
            return used;
        }

        /** The exchange is over. */
        @Override
        public void close() {
            synchronized (this) {
                open = false;
            }
            ties.remove(this);
        }
    }
}
