package dev.hydra.audit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hydra.gateway.FinishedExchange;
import dev.hydra.settings.Settings;
import dev.hydra.settings.TestSettings;
import dev.hydra.store.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Audit on a real PostgreSQL that goes away and comes back. */
class AuditOnPostgresIT {
    private static final Keeper.Patience SHORT = new Keeper.Patience(Duration.ofMillis(100), Duration.ofMillis(100), Duration.ofMillis(500),
            Duration.ofSeconds(30));

    @TempDir
    private Path directory;

    @Test
    void aDatabaseThatStopsAndStartsAgainLosesNoEntry() throws IOException {
        EmbeddedPostgres first = EmbeddedPostgres.builder().setDataDirectory(directory.resolve("data")).setCleanDataDirectory(false)
                .start();
        int port = first.getPort();
        Settings settings = settings(first);
        try (Database database = new Database(settings)) {
            AuditLog log = log(settings, database);
            give(log, 0, 100);
            await().atMost(60, SECONDS).until(() -> stored(database) == 100);
            first.close();
            give(log, 100, 1000);
            await().atMost(60, SECONDS).until(() -> !new PendingFile(settings.home()).isEmpty());
            try (EmbeddedPostgres second = EmbeddedPostgres.builder().setDataDirectory(directory.resolve("data"))
                    .setCleanDataDirectory(false)
                    .setPort(port).start()) {
                assertThat(second.getPort()).isEqualTo(port);
                await().atMost(60, SECONDS).until(() -> stored(database) == 1000);
                log.close();
                assertThat(log.lost()).isZero();
                assertThat(new AuditResource(database).exchanges(1000, "g").entries()).extracting(entry -> entry.asked().requestId())
                        .doesNotHaveDuplicates().hasSize(1000);
            }
        }
    }

    @Test
    void aTableThatIsLockedMakesEntriesWaitInTheFile() throws IOException, SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(); Database database = new Database(settings(postgres))) {
            Settings settings = settings(postgres);
            AuditLog log = log(settings, database);
            try (Connection blocker = postgres.getPostgresDatabase().getConnection(); Statement lock = blocker.createStatement()) {
                blocker.setAutoCommit(false);
                lock.execute("lock table audit_entry in access exclusive mode");
                give(log, 0, 2000);
                await().atMost(60, SECONDS).until(() -> !new PendingFile(settings.home()).isEmpty());
                blocker.rollback();
            }
            await().atMost(60, SECONDS).until(() -> stored(database) == 2000);
            log.close();
            assertThat(log.lost()).isZero();
        }
    }

    private Settings settings(EmbeddedPostgres postgres) {
        return TestSettings.in(directory.resolve("home"), Map.of("HYDRA_DB_URL", postgres.getJdbcUrl("postgres", "postgres"),
                "HYDRA_AUDIT_FLUSH", "10ms"));
    }

    private static AuditLog log(Settings settings, Database database) {
        return new AuditLog(settings.audit(), new Keeper(new Rows(database)::store, new PendingFile(settings.home()),
                settings.audit().queue(), SHORT),
                Clock.systemUTC());
    }

    private static void give(AuditLog log, int from, int to) {
        for (int i = from; i < to; i++) {
            log.finished(FinishedExchange.ok("r" + i));
        }
    }

    private static long stored(Database database) {
        return database.<Long>call(manager -> manager.createQuery("select count(r) from AuditRow r", Long.class).getSingleResult());
    }
}
