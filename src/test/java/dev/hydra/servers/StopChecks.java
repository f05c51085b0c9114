package dev.hydra.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.support.FakeGemini;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What Hydra promises besides of the server's stop. Ends come last, so that the server starts as seldom as it can; they pass in any order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class StopChecks extends RequestChecks {
    /** Place of the check after which the server is down. */
    static final int STOP = Order.DEFAULT + 10;

    @Test
    @Order(STOP)
    void aStopLetsAStreamEndAndTakesNothingNew() throws Exception {
        String id = endInPeace(server(), hydra(), this::bringDown);

        assertThat(stored(id)).as("audited before the end, and the file is free").hasValue(200);
    }

    /** The status of a request's audit row while Hydra is down. */
    OptionalInt stored(String requestId) throws SQLException {
        return AuditTable.status(at("hydra"), requestId);
    }

    /** What ends the application. */
    interface Ending {
        void run() throws Exception;
    }

    /** The ending runs on the test's own thread, to which Arquillian's handles are bound; the clients on another. @return the stream's request id */
    final String endInPeace(AppServer where, DeployedHydra hydra, Ending ending) throws Exception {
        Semaphore permits = new Semaphore(1);
        AtomicBoolean ended = new AtomicBoolean();
        gemini().enqueue(FakeGemini.stepwise(permits));
        try (Connection connection = new Connection(where.address())) {
            Connection.Answer answer = hydra.stream(connection, MODEL, "marker-peace");
            answer.event();
            FutureTask<List<String>> client = begin(() -> {
                Awaitility.await().atMost(7, TimeUnit.SECONDS).until(() -> takesNothingNew(hydra));
                assertThat(ended).as("the end waits for the stream").isFalse();
                permits.release(1000);
                return events(answer);
            });
            ending.run();
            ended.set(true);
            assertThat(client.get(60, TimeUnit.SECONDS)).contains("data: [DONE]").noneMatch(event -> event.contains("\"error\""));
            return answer.header("x-request-id");
        }
    }

    /**
     * Refused by Hydra with Retry-After where the server still brings it requests; by the server; not connected; or, on a Tomcat that is shut down, left
     * without an answer until the end. What was let in before the stop was noticed is answered.
     */
    private static boolean takesNothingNew(DeployedHydra hydra) {
        try (Connection connection = new Connection(hydra.address())) {
            connection.patience(1500);
            hydra.ask(connection, MODEL, "new", false);
            Connection.Answer answer = connection.answer();
            assertThat(answer.status()).isIn(200, 404, 503);
            if (answer.status() == 503 && answer.rest().contains("\"error\"")) {
                assertThat(answer.header("retry-after")).isNotNull();
            }
            return answer.status() != 200;
        } catch (IOException e) {
            return true;
        }
    }

    static <T> FutureTask<T> begin(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().start(task);
        return task;
    }
}
