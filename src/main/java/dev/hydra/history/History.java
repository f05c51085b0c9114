package dev.hydra.history;

import dev.hydra.Component;
import dev.hydra.access.Caller;
import dev.hydra.dialect.Archive;
import dev.hydra.gateway.Archives;
import dev.hydra.settings.Settings;
import dev.hydra.store.Database;
import dev.hydra.store.Encryption;
import dev.hydra.wire.ByteBudget;
import dev.hydra.wire.Sleeper;
import dev.hydra.wire.Threads;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps responses in the database, behind the requests' backs. Safe for use by many threads. What was given is found at once, on this node from the
 * queue, on others as soon as it is stored; nothing given is lost in an orderly stop.
 */
@Component
public final class History implements Archives, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(History.class);
    /** Memory for what is not stored yet. */
    private static final long ROOM = 64L * 1024 * 1024;
    private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(10);
    private static final List<Duration> PAUSES = List.of(Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofSeconds(5));
    /** Another node needs a moment to store what its client has just got; a client on the move may be faster. */
    private static final Duration SECOND_LOOK = Duration.ofMillis(250);

    private final KeptResponses rows;
    private final Duration keep;
    private final Clock clock;
    private final Sleeper sleeper;
    private final ByteBudget room = new ByteBudget(ROOM);
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
    private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread writer = Threads.virtual("hydra-history-").newThread(this::store);

    /** Given and not stored yet. @param entry absent in the one that merely wakes the writer */
    private record Waiting(String owner, Optional<Archive.Kept> entry, Optional<ByteBudget.Share> share) {
        static final Waiting WAKE = new Waiting("", Optional.empty(), Optional.empty());
    }

    /** Starts to keep. */
    @Inject
    public History(Database database, Encryption encryption, Settings settings, Clock clock, Sleeper sleeper) {
        this(new KeptResponses(database, new Envelope(encryption)), settings.responses().keep(), clock, sleeper);
    }

    History(KeptResponses rows, Duration keep, Clock clock, Sleeper sleeper) {
        this.rows = rows;
        this.keep = keep;
        this.clock = clock;
        this.sleeper = sleeper;
        writer.start();
    }

    @Override
    public Archive of(Caller caller) {
        return keep.isZero() ? Archive.NONE : new Own(caller.tokenId().orElse(""));
    }

    /** The archive of one owner. */
    private final class Own implements Archive {
        private final String owner;

        Own(String owner) {
            this.owner = owner;
        }

        @Override
        public void keep(Kept kept) {
            Optional<ByteBudget.Share> share = closed.get() ? Optional.empty() : room.take(kept.size());
            if (share.isEmpty()) {
                LOG.warn("The response {} is not kept: too much waits for the database already", kept.id());
                return;
            }
            Waiting entry = new Waiting(owner, Optional.of(kept), share);
            waiting.put(kept.id(), entry);
            queue.add(entry);
        }

        @Override
        public List<Kept> chain(String id) {
            List<Kept> newest = new ArrayList<>();
            String next = id;
            for (Optional<Kept> kept = pending(next); kept.isPresent(); kept = pending(next)) {
                newest.addFirst(kept.get());
                next = kept.get().previous();
                if (next.isEmpty()) {
                    return newest;
                }
            }
            String stored = next;
            List<Kept> chain = new ArrayList<>(look(() -> rows.chain(owner, stored, clock.instant())));
            if (chain.isEmpty()) {
                return List.of();
            }
            chain.addAll(newest);
            return chain;
        }

        @Override
        public Optional<Kept> find(String id) {
            Optional<Kept> pending = pending(id);
            return pending.isPresent() ? pending : look(() -> rows.one(owner, id, clock.instant())).stream().findFirst();
        }

        @Override
        public boolean delete(String id) {
            Waiting entry = waiting.get(id);
            boolean known = entry != null && entry.owner.equals(owner) && waiting.remove(id, entry);
            return asked(() -> rows.delete(owner, id, clock.instant())) || known;
        }

        private Optional<Kept> pending(String id) {
            Waiting entry = waiting.get(id);
            return entry != null && entry.owner.equals(owner) ? entry.entry : Optional.empty();
        }

        private List<Kept> look(Supplier<List<Kept>> question) {
            List<Kept> found = asked(question);
            if (!found.isEmpty()) {
                return found;
            }
            try {
                sleeper.sleep(SECOND_LOOK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return found;
            }
            return asked(question);
        }

        private <T> T asked(Supplier<T> question) {
            try {
                return question.get();
            } catch (RuntimeException e) {
                LOG.error("Kept responses cannot be read", e);
                throw new Unavailable(e);
            }
        }
    }

    private void store() {
        Instant nextSweep = clock.instant();
        try {
            while (!closed.get() || !queue.isEmpty()) {
                if (!clock.instant().isBefore(nextSweep) && !closed.get()) {
                    sweep();
                    nextSweep = clock.instant().plus(BETWEEN_SWEEPS);
                }
                Waiting entry = queue.poll(BETWEEN_SWEEPS.toMillis(), TimeUnit.MILLISECONDS);
                if (entry != null && entry.entry.isPresent()) {
                    store(entry, entry.entry.get());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void store(Waiting entry, Archive.Kept kept) throws InterruptedException {
        try {
            for (int tries = 0; waiting.get(kept.id()) == entry && !stored(entry.owner, kept, tries); tries++) {
                sleeper.sleep(PAUSES.get(tries));
            }
        } finally {
            waiting.remove(kept.id(), entry);
            entry.share.ifPresent(ByteBudget.Share::close);
        }
    }

    /** @return true when there is nothing more to try */
    private boolean stored(String owner, Archive.Kept kept, int tries) {
        try {
            Instant now = clock.instant();
            rows.store(owner, kept, now, now.plus(keep));
            return true;
        } catch (RuntimeException e) {
            if (tries < PAUSES.size() && !closed.get()) {
                return false;
            }
            LOG.warn("The response {} cannot be kept", kept.id(), e);
            return true;
        }
    }

    private void sweep() {
        try {
            while (rows.sweep(clock.instant())) {
                LOG.debug("More kept responses have expired");
            }
        } catch (RuntimeException e) {
            LOG.warn("Expired responses cannot be removed now: {}", e.getMessage());
        }
    }

    /** CDI destroys beans in no known order: this comes before any is destroyed, so the database is still there. */
    void stop(@Observes(notifyObserver = Reception.IF_EXISTS) @BeforeDestroyed(ApplicationScoped.class) Object event) {
        close();
    }

    /** Stores what was given before and stops. */
    @Override
    @PreDestroy
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        queue.add(Waiting.WAKE);
        try {
            writer.join(Duration.ofSeconds(20));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
