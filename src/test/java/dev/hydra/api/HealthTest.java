package dev.hydra.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.support.Http;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a load balancer and a stranger see of a node's life. */
class HealthTest {
    @TempDir
    private Path home;
    private AdminServer server;

    @BeforeEach
    void start() throws Exception {
        server = new AdminServer(home, "");
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private HttpResponse<String> get(String path) {
        return Http.get(server.address().resolve(path));
    }

    private void assertReady(int status, String body) {
        for (String path : new String[] {"/health/ready", "/api/health/ready"}) {
            assertThat(get(path).statusCode()).isEqualTo(status);
            assertThat(get(path).body()).isEqualTo(body);
        }
        for (String path : new String[] {"/health", "/api/health", "/health/live", "/api/health/live"}) {
            assertThat(get(path).statusCode()).as("alive all the while").isEqualTo(200);
            assertThat(get(path).body()).isEqualTo("{\"status\":\"ok\"}");
        }
    }

    @Test
    void aNodeIsReadyFromItsStartToItsStop() {
        assertReady(503, "{\"status\":\"unready\",\"reason\":\"starting\"}");
        server.upkeep.start();
        assertReady(200, "{\"status\":\"ready\"}");
        server.inFlight.stop();
        assertReady(503, "{\"status\":\"unready\",\"reason\":\"stopping\"}");

        HttpResponse<String> late = get("/v1/models");
        assertThat(late.statusCode()).isEqualTo(503);
        assertThat(late.headers().firstValue("Retry-After")).contains("5");
        assertThat(late.headers().firstValue("Connection")).contains("close");
    }

    @Test
    void aDatabaseThatStaysUnreadableMakesANodeUnready() {
        server.upkeep.start();
        server.rig.database.run(manager -> manager.createNativeQuery("drop table access_token_version").executeUpdate());
        assertReady(200, "{\"status\":\"ready\"}");

        server.rig.clock.advance(Duration.ofMinutes(2));

        Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> get("/health/ready").statusCode() == 503);
        assertReady(503, "{\"status\":\"unready\",\"reason\":\"database\"}");
    }

    @Test
    void theRootLeadsToTheDashboardByARelativeAddress() {
        HttpResponse<String> root = get("/");

        assertThat(root.statusCode()).isEqualTo(302);
        assertThat(root.headers().firstValue("Location")).contains("dashboard/");
        assertThat(root.body()).isEmpty();
    }
}
