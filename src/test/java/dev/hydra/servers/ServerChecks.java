package dev.hydra.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.support.FakeGemini;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What Hydra promises besides of an undeployment. */
abstract class ServerChecks extends StopChecks {
    @Test
    @Order(STOP - 2)
    void anUndeploymentLetsAStreamEndAndLeavesNothingBehind() throws Exception {
        String id = endInPeace(server(), hydra(), this::undeploy);

        assertThat(stored(id)).as("audited before the end, and the file is free").hasValue(200);
        assertNothingRemains();
        assertThat(server().log().lines().filter(ServerChecks::namesALeak)).isEmpty();
        bringUp();
        assertThat(hydra().chat("Hello").statusCode()).as("keys and tokens are found again").isEqualTo(200);
        assertThat(hydra().audited(id)).isPresent();
    }

    /** Hook for servers whose JVM can be looked into. */
    void assertNothingRemains() {
        // An embedded server shares its JVM with the tests.
    }

    /**
     * Not those that servers report of themselves: Tomcat takes one of its own utility threads for the application's when it looks after it in the moment of
     * its end; Payara's first class loader, which only searches the archive, has no name.
     */
    private static boolean namesALeak(String line) {
        return line.contains("but has failed to stop it") && !line.contains("[Catalina-utility-")
                || line.contains("failed to unregister it") && !line.contains("[unknown]");
    }

    @Test
    @Order(STOP - 1)
    void whatOutlivesTheGraceIsCut() throws Exception {
        gemini().enqueue(FakeGemini.stepwise(new Semaphore(1)));
        try (Connection connection = new Connection(server().address())) {
            Connection.Answer answer = hydra().stream(connection, MODEL, "marker-grace");
            FutureTask<Boolean> client = begin(() -> {
                assertCut(answer);
                return true;
            });
            undeploy();
            client.get(60, TimeUnit.SECONDS);
        }
        assertThat(gemini().takeAbandoned().path()).contains(MODEL);
    }
}
