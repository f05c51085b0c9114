package dev.hydra.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.support.FakeGemini;
import dev.hydra.support.Http;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tomcat 11 with {@code tomcat-conf/} as it is shipped, data source included. */
class ConfiguredTomcatIT extends StopChecks {
    private EmbeddedPostgres database;
    private ConfiguredTomcat tomcat;

    @BeforeAll
    void startDatabase() throws IOException {
        database = EmbeddedPostgres.start();
    }

    @AfterAll
    void stopDatabase() throws Exception {
        bringDown();
        database.close();
    }

    @Override
    AppServer server(Path directory) {
        tomcat = new ConfiguredTomcat(Installations.only("tomcat11"), directory, database);
        return tomcat;
    }

    @Override
    OptionalInt stored(String requestId) throws SQLException {
        return AuditTable.status(database.getPostgresDatabase(), requestId);
    }

    @Test
    void theDataSourceOfTheContextIsUsed() throws SQLException {
        String id = hydra().chat("Hello").headers().firstValue("x-request-id").orElseThrow();

        awaitAudited(hydra(), id);
        assertThat(stored(id)).hasValue(200);
    }

    @Test
    void aStreamStaysOnTomcatsOwnVirtualThread() throws Exception {
        Semaphore permits = new Semaphore(1);
        gemini().enqueue(FakeGemini.stepwise(permits));
        try (Connection connection = new Connection(server().address())) {
            Connection.Answer answer = hydra().stream(connection, MODEL, "marker-thread");
            answer.event();
            List<String> threads = Remains.threads(tomcat.process().getAsLong());
            permits.release(1000);
            events(answer);

            assertThat(threads).anyMatch(line -> line.contains("dev.hydra.api.ApiFilter.take"));
            assertThat(threads).as("a thread of Hydra's own for the request").noneMatch(line -> line.contains("\"request-"));
        }
    }

    @Test
    void theAccessLogHasNoQuery() throws IOException {
        assertThat(Http.get(hydra().at("/v1beta/models?key=AIzaSyNotToBeLogged0123456789")).statusCode()).isEqualTo(401);

        Awaitility.await("the access log's buffer").atMost(30, TimeUnit.SECONDS).until(() -> logs().contains("/gateway/v1beta/models"));
        assertThat(logs()).doesNotContain("NotToBeLogged");
    }

    private String logs() throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.walk(tomcat.base().resolve("logs"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }
}
