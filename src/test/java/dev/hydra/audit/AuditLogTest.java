package dev.hydra.audit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hydra.gateway.FinishedExchange;
import dev.hydra.settings.Settings;
import dev.hydra.wire.Threads;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The queue, the batches and the file, over a scripted database. */
class AuditLogTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration MOMENT = Duration.ofMillis(20);
    private static final Keeper.Patience PATIENT = new Keeper.Patience(MINUTE, MOMENT, MOMENT, MINUTE);
    private static final Keeper.Patience IMPATIENT = new Keeper.Patience(MOMENT, MOMENT, MOMENT, MOMENT);

    @TempDir
    private Path home;

    private final Rows rows = new Rows();

    /** Stands for the database. */
    private static final class Rows implements ToIntFunction<List<Entry>> {
        final List<List<Entry>> batches = new ArrayList<>();
        final Set<String> ids = new TreeSet<>();
        private CountDownLatch blocked = new CountDownLatch(0);
        private boolean gone;

        @Override
        public int applyAsInt(List<Entry> batch) {
            CountDownLatch latch;
            synchronized (this) {
                if (gone) {
                    throw new IllegalStateException("gone");
                }
                latch = blocked;
            }
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            synchronized (this) {
                batches.add(List.copyOf(batch));
                batch.forEach(entry -> ids.add(entry.id()));
            }
            return 0;
        }

        synchronized void gone(boolean isGone) {
            gone = isGone;
        }

        synchronized CountDownLatch block() {
            blocked = new CountDownLatch(1);
            return blocked;
        }

        synchronized int count() {
            return ids.size();
        }

        synchronized List<Entry> all() {
            return batches.stream().flatMap(List::stream).toList();
        }
    }

    @Test
    void anOrderlyStopLosesNothing() throws InterruptedException {
        AuditLog log = log(Duration.ofHours(1), 10_000, PATIENT);
        List<Thread> threads = IntStream.range(0, 8).mapToObj(i -> Threads.virtual("test-").newThread(() -> give(log, 500))).toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        log.record("admin", "127.0.0.1", "token.created", "ci");
        log.close();
        assertThat(rows.count()).isEqualTo(4001);
        assertThat(log.lost()).isZero();
        assertThat(rows.batches).allSatisfy(batch -> assertThat(batch).hasSizeBetween(1, 500)).hasSizeLessThan(20);
    }

    @Test
    void entriesKeepTheirOrder() {
        AuditLog log = log(MOMENT, 10_000, PATIENT);
        give(log, 2000);
        log.close();
        List<AuditEntry> stored = rows.all().stream().map(AuditEntry.class::cast).toList();
        assertThat(stored).extracting(AuditEntry::id).isSorted().doesNotHaveDuplicates();
        assertThat(stored).extracting(entry -> entry.asked().requestId())
                .containsExactlyElementsOf(IntStream.range(0, 2000).mapToObj(i -> "r" + i).toList());
    }

    @Test
    void anEntryIsStoredWithinTheFlushTime() {
        try (AuditLog log = log(MOMENT, 100, PATIENT)) {
            give(log, 1);
            await().atMost(30, SECONDS).until(() -> rows.count() == 1);
        }
    }

    @Test
    void whatTheQueueCannotHoldIsCounted() {
        CountDownLatch blocked = rows.block();
        AuditLog log = log(Duration.ofMillis(1), 100, PATIENT);
        give(log, 10_000);
        assertThat(log.lost()).isPositive();
        blocked.countDown();
        log.close();
        assertThat(rows.count() + log.lost()).isEqualTo(10_000);
    }

    @Test
    void entriesWaitInAFileWhileTheDatabaseIsGone() {
        rows.gone(true);
        try (AuditLog log = log(MOMENT, 10_000, PATIENT)) {
            give(log, 1500);
            log.record("admin", "127.0.0.1", "pool.reset", "");
            await().atMost(30, SECONDS).until(() -> waiting() == 1501);
            rows.gone(false);
            await().atMost(30, SECONDS).until(() -> rows.count() == 1501);
            await().atMost(30, SECONDS).until(() -> new PendingFile(home).isEmpty());
            assertThat(log.lost()).isZero();
        }
        assertThat(rows.all()).filteredOn(AdminEvent.class::isInstance).singleElement()
                .satisfies(entry -> assertThat(((AdminEvent) entry).action()).isEqualTo("pool.reset"));
        assertThat(rows.all()).filteredOn(AuditEntry.class::isInstance).first().isInstanceOfSatisfying(AuditEntry.class, entry -> {
            AuditEntry direct = Facts.of(FinishedExchange.ok("r0"), entry.id());
            assertThat(entry).usingRecursiveComparison().ignoringFields("answered.tookMillis", "answered.firstByteMillis")
                    .isEqualTo(direct);
        });
    }

    @Test
    void entriesWaitInAFileWhileTheDatabaseIsSlow() {
        CountDownLatch blocked = rows.block();
        try (AuditLog log = log(MOMENT, 10_000, IMPATIENT)) {
            give(log, 3000);
            await().atMost(30, SECONDS).until(() -> waiting() >= 1000);
            blocked.countDown();
            await().atMost(30, SECONDS).until(() -> rows.count() == 3000);
            assertThat(log.lost()).isZero();
        }
    }

    @Test
    void aDatabaseThatHangsAtTheEndLosesNothing() throws IOException {
        CountDownLatch blocked = rows.block();
        AuditLog log = log(MOMENT, 10_000, IMPATIENT);
        give(log, 3000);
        log.close();
        assertThat(log.lost()).isZero();
        assertThat(waiting()).isEqualTo(3000);
        blocked.countDown();
        try (AuditLog next = log(MOMENT, 100, PATIENT)) {
            await().atMost(30, SECONDS).until(() -> rows.count() == 3000);
            assertThat(next.lost()).isZero();
        }
    }

    @Test
    void whenTheDiskIsFullTooTheOldestAreDroppedAndCounted() throws IOException {
        Path file = home.resolve("file");
        Files.writeString(file, "stands where the directory should be");
        rows.gone(true);
        Keeper keeper = new Keeper(rows, new PendingFile(file.resolve("home")), 100, PATIENT);
        AuditLog log = new AuditLog(new Settings.Audit(MOMENT, 10_000), keeper, Clock.systemUTC());
        give(log, 1200);
        await().atMost(30, SECONDS).until(() -> log.lost() == 1100);
        rows.gone(false);
        await().atMost(30, SECONDS).until(() -> rows.count() == 100);
        log.close();
        assertThat(rows.all()).map(entry -> ((AuditEntry) entry).asked().requestId())
                .containsExactlyElementsOf(IntStream.range(1100, 1200).mapToObj(i -> "r" + i).toList());
        assertThat(log.lost()).isEqualTo(1100);
    }

    @Test
    void aFileThatFailsInAnUnforeseenWayEndsNothing() throws IOException {
        rows.gone(true);
        FileSystem closed = FileSystems.newFileSystem(home.resolve("closed.zip"), Map.of("create", "true"));
        PendingFile file = new PendingFile(closed.getPath("/"));
        closed.close();
        AuditLog log = new AuditLog(new Settings.Audit(MOMENT, 10_000), new Keeper(rows, file, 100, PATIENT), Clock.systemUTC());
        give(log, 150);
        await().atMost(30, SECONDS).until(() -> log.lost() == 50);
        rows.gone(false);
        await().atMost(30, SECONDS).until(() -> rows.count() == 100);
        log.close();
        assertThat(log.lost()).isEqualTo(50);
    }

    @Test
    void aLineThatACrashCutShortCostsOnlyItself() throws IOException {
        rows.gone(true);
        AuditLog first = log(MOMENT, 100, PATIENT);
        give(first, 3);
        first.close();
        Path file = home.resolve("audit-replayed.jsonl");
        if (!Files.exists(file)) {
            file = home.resolve("audit-pending.jsonl");
        }
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() - 20));
        rows.gone(false);
        try (AuditLog second = log(MOMENT, 100, PATIENT)) {
            give(second, 1);
            await().atMost(30, SECONDS).until(() -> rows.count() == 3 && second.lost() == 1);
        }
    }

    @Test
    void afterTheStopEntriesAreCountedAsLost() {
        AuditLog log = log(MOMENT, 100, PATIENT);
        log.close();
        log.close();
        give(log, 2);
        assertThat(log.lost()).isEqualTo(2);
    }

    private AuditLog log(Duration flush, int queue, Keeper.Patience patience) {
        return new AuditLog(new Settings.Audit(flush, queue), new Keeper(rows, new PendingFile(home), queue, patience), Clock.systemUTC());
    }

    private static void give(AuditLog log, int count) {
        for (int i = 0; i < count; i++) {
            log.finished(FinishedExchange.ok("r" + i));
        }
    }

    /** Entries in the file. */
    private int waiting() throws IOException {
        int lines = 0;
        for (String name : List.of("audit-pending.jsonl", "audit-replayed.jsonl")) {
            if (Files.exists(home.resolve(name))) {
                lines += (int) Files.readAllLines(home.resolve(name)).stream().filter(line -> !line.isEmpty()).count();
            }
        }
        return lines;
    }
}
