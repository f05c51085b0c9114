package dev.hydra.audit;

import dev.hydra.Component;
import dev.hydra.gateway.Exchange;
import dev.hydra.gateway.ExchangeListener;
import dev.hydra.settings.Settings;
import dev.hydra.store.Database;
import dev.hydra.wire.Threads;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps every exchange and every act of an administrator. Nothing is lost in an orderly stop; in a crash at most what came within
 * {@code HYDRA_AUDIT_FLUSH}. Safe for use by many threads, none of which ever waits.
 */
@Component
public final class AuditLog implements ExchangeListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final int BATCH = 500;
    private static final long REPORT_EVERY = TimeUnit.MINUTES.toNanos(1);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    /** Wakes the gatherer and is not kept. */
    private static final Draft WAKE = id -> {
        throw new IllegalStateException("not an entry");
    };

    private final BlockingQueue<Draft> queue;
    private final long flushNanos;
    private final Clock clock;
    private final Keeper keeper;
    private final AtomicLong lost;
    private final Thread gatherer = Threads.virtual("hydra-audit-gather-").newThread(this::gather);
    private final AtomicBoolean closed = new AtomicBoolean();
    private long reported;
    private long reportAt = System.nanoTime();

    /** What becomes an entry once it has its id; made off the request's thread. */
    private interface Draft {
        Entry entry(String id);
    }

    /** Starts to keep entries; those that an earlier run left in the file are stored first. */
    @Inject
    public AuditLog(Settings settings, Database database) {
        this(settings.audit(),
                new Keeper(new Rows(database)::store, new PendingFile(settings.home()), settings.audit().queue(), Keeper.Patience.USUAL),
                Clock.systemUTC());
    }

    AuditLog(Settings.Audit settings, Keeper keeper, Clock clock) {
        this.queue = new ArrayBlockingQueue<>(settings.queue());
        this.flushNanos = settings.flush().toNanos();
        this.keeper = keeper;
        this.clock = clock;
        this.lost = keeper.lost();
        keeper.start();
        gatherer.start();
    }

    @Override
    public void finished(Exchange exchange) {
        offer(id -> Facts.of(exchange, id));
    }

    /**
     * Keeps an act of an administrator; see {@link AdminEvent} for the words.
     *
     * @param subject never a secret
     */
    public void record(String actor, String address, String action, String subject) {
        AdminEvent event = new AdminEvent("", clock.instant(), actor, address, action, subject);
        offer(id -> Facts.of(event, id));
    }

    /** How many entries were lost since the start: the queue was full, or neither database nor disk took them. */
    public long lost() {
        return lost.get();
    }

    private void offer(Draft draft) {
        if (closed.get() || !queue.offer(draft)) {
            lost.incrementAndGet();
        }
    }

    private void gather() {
        EntryIds ids = new EntryIds();
        try {
            while (!closed.get() || !queue.isEmpty()) {
                List<Entry> batch = batch(ids);
                if (!batch.isEmpty()) {
                    keep(batch);
                }
                report();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever is wrong with one batch, the next ones are kept. */
    private void keep(List<Entry> batch) throws InterruptedException {
        try {
            keeper.keep(batch);
        } catch (RuntimeException e) {
            lost.addAndGet(batch.size());
            LOG.error("{} audit entries cannot be kept", batch.size(), e);
        }
    }

    /** Waits for a first entry, then for more until the batch is full or the first one has waited long enough. */
    private List<Entry> batch(EntryIds ids) throws InterruptedException {
        List<Draft> drafts = new ArrayList<>();
        if (!closed.get()) {
            drafts.add(queue.take());
        }
        long until = System.nanoTime() + flushNanos;
        while (queue.drainTo(drafts, BATCH - drafts.size()) > 0
                || drafts.size() < BATCH && !closed.get() && System.nanoTime() - until < 0) {
            if (queue.isEmpty()) {
                // Looks again instead of being woken by every entry: waking costs each request more than the entry itself.
                Thread.sleep(LOOK_AGAIN);
            }
        }
        List<Entry> batch = new ArrayList<>(drafts.size());
        for (Draft draft : drafts) {
            if (draft != WAKE) {
                entry(draft, ids).ifPresent(batch::add);
            }
        }
        return batch;
    }

    private Optional<Entry> entry(Draft draft, EntryIds ids) {
        try {
            return Optional.of(draft.entry(ids.next(clock.millis())));
        } catch (RuntimeException e) {
            lost.incrementAndGet();
            LOG.error("An audit entry cannot be made", e);
            return Optional.empty();
        }
    }

    private void report() {
        long now = lost.get();
        if (now > reported && (closed.get() || System.nanoTime() - reportAt >= 0)) {
            LOG.warn("{} audit entries were lost since the start", now);
            reported = now;
            reportAt = System.nanoTime() + REPORT_EVERY;
        }
    }

    /** CDI destroys beans in no known order: this comes before any is destroyed, so the database is still there. */
    void stop(@Observes(notifyObserver = Reception.IF_EXISTS) @BeforeDestroyed(ApplicationScoped.class) Object event) {
        close();
    }

    /**
     * Stores everything that was given before and stops. Takes at most some 20 s, when the database hangs; then the rest is in the file.
     */
    @Override
    @PreDestroy
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        queue.offer(WAKE);
        try {
            gatherer.join();
            keeper.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        report();
    }
}
