package dev.hydra.audit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hydra.gateway.FinishedExchange;
import dev.hydra.settings.Settings;
import dev.hydra.settings.TestSettings;
import dev.hydra.store.Database;
import dev.hydra.store.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Audit on a real database server that goes away and comes back. */
abstract class AuditOnServerContract {
    private static final Keeper.Patience SHORT = new Keeper.Patience(Duration.ofMillis(100), Duration.ofMillis(100), Duration.ofMillis(500),
            Duration.ofSeconds(30));

    @TempDir
    private Path directory;

    /** A server with an empty database that keeps its data in this directory. */
    abstract TestServer server(Path data);

    @Test
    void aDatabaseThatStopsAndStartsAgainLosesNoEntry() {
        try (TestServer server = server(directory.resolve("data"))) {
            Settings settings = settings(server);
            try (Database database = new Database(settings)) {
                AuditLog log = log(settings, database);
                give(log, 0, 100);
                await().atMost(60, SECONDS).until(() -> stored(database) == 100);
                server.stop();
                give(log, 100, 1000);
                await().atMost(60, SECONDS).until(() -> !new PendingFile(settings.home()).isEmpty());
                server.start();
                await().atMost(60, SECONDS).ignoreExceptions().until(() -> stored(database) == 1000);
                log.close();
                assertThat(log.lost()).isZero();
                assertThat(new AuditResource(database).exchanges(1000, "g").entries()).extracting(entry -> entry.asked().requestId())
                        .doesNotHaveDuplicates().hasSize(1000);
            }
        }
    }

    @Test
    void aTableThatIsLockedMakesEntriesWaitInTheFile() throws SQLException {
        try (TestServer server = server(directory.resolve("data")); Database database = new Database(settings(server))) {
            Settings settings = settings(server);
            AuditLog log = log(settings, database);
            try (Connection blocker = server.connect()) {
                server.lock(blocker, "audit_entry");
                give(log, 0, 2000);
                await().atMost(60, SECONDS).until(() -> !new PendingFile(settings.home()).isEmpty());
            }
            await().atMost(60, SECONDS).until(() -> stored(database) == 2000);
            log.close();
            assertThat(log.lost()).isZero();
        }
    }

    @Test
    void whateverAClientWroteIsStored() {
        try (TestServer server = server(directory.resolve("data")); Database database = new Database(settings(server))) {
            AuditLog log = log(settings(server), database);
            log.finished(FinishedExchange.failed("gpt-\uD83D\uDC0D\u0000\uD800", "\uD83D\uDC0D".repeat(5000)));
            log.close();
            assertThat(log.lost()).isZero();
            assertThat(new AuditResource(database).exchanges(10, "g").entries()).singleElement()
                    .satisfies(entry -> assertThat(entry.asked().modelAsked()).isEqualTo("gpt-\uD83D\uDC0D??"));
        }
    }

    private Settings settings(TestServer server) {
        Map<String, String> texts = new HashMap<>(server.settings());
        texts.put("HYDRA_AUDIT_FLUSH", "10ms");
        return TestSettings.in(directory.resolve("home"), texts);
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
