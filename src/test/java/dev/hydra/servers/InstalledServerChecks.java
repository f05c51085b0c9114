package dev.hydra.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.wire.Json;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What an installed server can do besides: it has data sources of its own (design §6, {@code HYDRA_DB_JNDI}). */
abstract class InstalledServerChecks extends ServerChecks {
    @Override
    abstract AppServer.Installed server(Path directory);

    @Test
    void theServersOwnDataSourceIsUsed() throws Exception {
        whileDown(() -> {
            try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
                AppServer.Installed other = server(home.resolve("server-with-data-source"));
                other.startWithDataSource(postgres, settings("hydra-with-data-source"));
                try {
                    chatAndAudit(other);
                } finally {
                    other.stop();
                }
                assertThat(AuditTable.rows(postgres.getPostgresDatabase())).as("the rows are in PostgreSQL").isPositive();
                assertThat(home.resolve("hydra-with-data-source/hydra.mv.db")).doesNotExist();
            }
        });
    }

    private static void chatAndAudit(AppServer server) {
        DeployedHydra closed = new DeployedHydra(server.address(), AppServer.PATH);
        DeployedHydra open = closed.with(closed.makeToken("checks"));
        String id = open.chat("Hello").headers().firstValue("x-request-id").orElseThrow();
        Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> open.audited(id), Optional::isPresent);
        assertThat(Json.object(open.admin("GET", "/admin/api/status", "").body()).getString("database")).isEqualTo("server");
    }
}
