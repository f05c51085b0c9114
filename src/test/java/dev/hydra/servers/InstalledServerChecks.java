package dev.hydra.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.wire.Json;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an installed server can do besides: it has data sources of its own (design §6, {@code HYDRA_DB_JNDI}). */
abstract class InstalledServerChecks extends ServerChecks {
    @Override
    abstract AppServer.Installed server(Path directory);

    @Override
    final void assertNothingRemains() {
        AppServer.Installed server = (AppServer.Installed) server();
        if (server.process().isPresent()) {
            Remains.assertNoThread(server.process().getAsLong());
            if (server.letsGoOfClasses()) {
                Remains.assertNoClass(server.process().getAsLong());
            }
        }
    }

    @Test
    @Order(STOP + 1)
    @Tag(OWN_SERVER)
    void theServersOwnDataSourceIsUsedAndOutlivesHydra() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            AppServer.Installed other = server(at("server-with-data-source"));
            other.startWithDataSource(postgres, settings("hydra-with-data-source"));
            String id;
            try {
                DeployedHydra hydra = open(other);
                awaitAudited(hydra, hydra.chat("Hello").headers().firstValue("x-request-id").orElseThrow());
                assertThat(Json.object(hydra.admin("GET", "/admin/api/status", "").body()).getString("database")).isEqualTo("server");
                id = endInPeace(other, hydra, other::stop);
            } finally {
                other.finish();
            }
            assertThat(AuditTable.status(postgres.getPostgresDatabase(), id)).as("the rows are in PostgreSQL").hasValue(200);
            assertThat(at("hydra-with-data-source/hydra.mv.db")).doesNotExist();
            assertThat(other.log()).doesNotContain("cannot be written");
        }
    }
}
