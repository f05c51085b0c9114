package dev.hydra.audit;

import dev.hydra.wire.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes batches from one thread and stores them on another. While the database is slow or gone they go to a file; when the disk is full
 * too, the newest ones are held in memory and the oldest are dropped and counted.
 */
final class Keeper {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    private static final List<Entry> END = List.of();

    private final ToIntFunction<List<Entry>> rows;
    private final PendingFile file;
    private final int capacity;
    private final Patience patience;
    private final BlockingQueue<List<Entry>> handOff = new ArrayBlockingQueue<>(1);
    /** By id, that is by age: a batch that the database refused comes here later than younger ones that were not even offered to it. */
    private final TreeMap<String, Entry> unsaved = new TreeMap<>();
    private final AtomicLong lost = new AtomicLong();
    private final Thread thread;
    private volatile boolean healthy = true;
    private volatile boolean slow;
    private volatile List<Entry> inHand = END;
    private long retryAt = System.nanoTime();
    private long backoff;

    /**
     * How long to wait for what.
     *
     * @param batch    until the database is called slow
     * @param retry    before a database that was gone is tried again; doubled each time up to {@code longest}
     * @param stop     for the last batches at the end
     */
    record Patience(Duration batch, Duration retry, Duration longest, Duration stop) {
        static final Patience USUAL = new Patience(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(30),
                Duration.ofSeconds(10));
    }

    /**
     * @param rows     stores a batch and tells how many entries were refused for good; throws when the database is not there
     * @param capacity entries held in memory when the disk is full
     */
    Keeper(ToIntFunction<List<Entry>> rows, PendingFile file, int capacity, Patience patience) {
        this.rows = rows;
        this.file = file;
        this.capacity = capacity;
        this.patience = patience;
        backoff = patience.retry().toNanos();
        thread = Threads.virtual("hydra-audit-store-").newThread(this::run);
    }

    void start() {
        thread.start();
    }

    /** Keeps a batch, which must not be empty. Waits for a slow database up to {@link Patience#batch}, but only once until it goes on. */
    void keep(List<Entry> batch) throws InterruptedException {
        if (!healthy || !handOff.offer(batch, slow ? 0 : patience.batch().toNanos(), TimeUnit.NANOSECONDS)) {
            slow = true;
            toFile(batch);
        }
    }

    /** Entries that are lost for good. */
    AtomicLong lost() {
        return lost;
    }

    /** Stores what was given before, or puts it into the file. No batch may be given from now on. */
    void stop() throws InterruptedException {
        if (!handOff.offer(END, patience.stop().toNanos(), TimeUnit.NANOSECONDS) || !thread.join(patience.stop())) {
            // The database hangs. Should it store this batch after all, then storing it again does no harm.
            toFile(inHand);
            List<Entry> next = handOff.poll();
            toFile(next == null ? END : next);
        }
        synchronized (unsaved) {
            lost.addAndGet(unsaved.size());
            unsaved.clear();
        }
    }

    private void run() {
        try {
            while (true) {
                List<Entry> batch = handOff.poll(patience.retry().toNanos(), TimeUnit.NANOSECONDS);
                if (batch == END) {
                    return;
                }
                if (batch != null) {
                    inHand = batch;
                    store(batch);
                    inHand = END;
                    slow = false;
                }
                if (handOff.isEmpty() && System.nanoTime() - retryAt >= 0) {
                    replay();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void store(List<Entry> batch) {
        try {
            lost.addAndGet(rows.applyAsInt(batch));
        } catch (RuntimeException e) {
            failed(e);
            toFile(batch);
        }
    }

    private void replay() {
        try {
            List<Entry> fromMemory = unsaved();
            if (!fromMemory.isEmpty()) {
                lost.addAndGet(rows.applyAsInt(fromMemory));
                forget(fromMemory);
            }
            if (!file.isEmpty()) {
                lost.addAndGet(file.replay(batch -> lost.addAndGet(rows.applyAsInt(batch))));
            }
            if (!healthy) {
                LOG.info("The database takes audit entries again; those that waited are stored.");
            }
            healthy = true;
            slow = false;
            backoff = patience.retry().toNanos();
        } catch (IOException | RuntimeException e) {
            failed(e);
        }
    }

    private void failed(Exception e) {
        if (healthy) {
            LOG.warn("The database does not take audit entries, so they wait in a file of HYDRA_HOME: {}", reason(e).toString());
        }
        healthy = false;
        retryAt = System.nanoTime() + backoff;
        backoff = Math.min(backoff * 2, patience.longest().toNanos());
    }

    /** The first cause: what is wrapped around it repeats whole statements. */
    private static Throwable reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private List<Entry> unsaved() {
        synchronized (unsaved) {
            return List.copyOf(unsaved.values());
        }
    }

    private void forget(List<Entry> stored) {
        synchronized (unsaved) {
            stored.forEach(entry -> unsaved.remove(entry.id()));
        }
    }

    private void toFile(List<Entry> batch) {
        synchronized (unsaved) {
            batch.forEach(entry -> unsaved.put(entry.id(), entry));
            if (unsaved.isEmpty()) {
                return;
            }
            try {
                file.append(List.copyOf(unsaved.values()));
                unsaved.clear();
            } catch (IOException | RuntimeException e) {
                // Of whatever kind: it must end neither of the two threads.
                LOG.warn("Audit entries can be written neither to the database nor to a file ({}); {} are held in memory.", e.toString(),
                        unsaved.size());
                while (unsaved.size() > capacity) {
                    unsaved.pollFirstEntry();
                    lost.incrementAndGet();
                }
            }
        }
    }
}
