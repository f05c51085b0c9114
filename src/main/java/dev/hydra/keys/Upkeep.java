package dev.hydra.keys;

import dev.hydra.Component;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the pool going while a server runs: reads keys and state at start, writes the state every second when it has changed and at the end, asks keys
 * for their models at start and every six hours, tests disabled keys with growing pauses, takes over what other nodes have stored.
 */
@Component
public final class Upkeep implements AutoCloseable {
    /** How old a key's list of models may get (product POOL-8). */
    private static final Duration MODELS_KEPT = Duration.ofHours(6);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** What another node has changed is seen within a second (design §10.10). */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final Duration BETWEEN_TESTS = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    private final Keys keys;
    private final StateStore states;
    private final ModelNames names;
    private final Caps caps;
    private final Background background;
    private final Clock clock;
    private final AtomicBoolean open = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean failing;

    /** Of these keys. */
    @Inject
    public Upkeep(Keys keys, StateStore states, ModelNames names, Caps caps, Background background, Clock clock) {
        this.keys = keys;
        this.states = states;
        this.names = names;
        this.caps = caps;
        this.background = background;
        this.clock = clock;
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object application) {
        start();
    }

    /** Reads everything and goes on in the background. */
    public void start() {
        names.open();
        caps.open();
        keys.open();
        keys.sync();
        states.restore();
        open.set(true);
        background.run("Writing the pool's state", this::writeOn);
        background.run("Looking for what other nodes have changed", this::lookOn);
        background.run("Asking for models", this::askOn);
        background.run("Testing disabled keys", this::testOn);
    }

    /** Whether keys and state have been read and the end has not come. */
    public boolean isUnderWay() {
        return open.get();
    }

    private void writeOn() {
        while (pause(PAUSE)) {
            flush();
        }
    }

    private void lookOn() {
        boolean blind = false;
        while (pause(BETWEEN_LOOKS)) {
            try {
                keys.reread();
                names.reread();
                blind = false;
            } catch (RuntimeException e) {
                if (!blind) {
                    LOG.warn("What other nodes change cannot be seen: {}", e.toString());
                }
                blind = true;
            }
        }
    }

    private void askOn() {
        do {
            keys.refreshModels(clock.instant().minus(MODELS_KEPT));
        } while (pause(MODELS_KEPT));
    }

    private void testOn() {
        while (pause(BETWEEN_TESTS)) {
            keys.testDisabled();
        }
    }

    /** Waits so long, but not beyond the end of the application. @return false at the end */
    private boolean pause(Duration length) {
        try {
            return !ended.await(length.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    private void flush() {
        try {
            states.flush();
            caps.flush();
            failing = false;
        } catch (PersistenceException e) {
            if (!failing) {
                LOG.warn("The pool's state cannot be written and is kept in memory: {}", e.toString());
            }
            failing = true;
        }
    }

    void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object application) {
        // Not left to @PreDestroy: the database may be closed before this bean is.
        close();
    }

    /** Writes what has changed last. */
    @Override
    @PreDestroy
    public void close() {
        if (open.getAndSet(false)) {
            keys.endWaiting();
            background.end(() -> {
                ended.countDown();
                keys.endChecks();
            });
            flush();
        }
    }
}
