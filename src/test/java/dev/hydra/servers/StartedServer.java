package dev.hydra.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydra.support.FakeGemini;
import jakarta.json.JsonObject;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that starts once for all checks of a class. A check that ends it or the application leaves it so: what is missing is brought up for the next one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StartedServer {
    static final String MODEL = "gemini-2.5-flash";
    /** Tag of a check that starts a server of its own, for which the common one must be down. */
    static final String OWN_SERVER = "own-server";
    private static final int KEYS = 120;

    @TempDir
    private static Path home;
    private FakeGemini gemini;
    private AppServer server;
    private DeployedHydra hydra;
    private State state = State.DOWN;

    private enum State {
        DOWN, WITHOUT_APPLICATION, READY,
        /** A start has failed: it would fail for every check. */
        BROKEN
    }

    /** The server to check, not started. @param directory for its files */
    abstract AppServer server(Path directory);

    @BeforeEach
    void prepare(TestInfo check) throws Exception {
        if (gemini == null) {
            gemini = FakeGemini.start();
            server = server(home.resolve("server"));
        }
        gemini.api().reset();
        if (check.getTags().contains(OWN_SERVER)) {
            bringDown();
        } else {
            bringUp();
            assertThat(hydra.admin("POST", "/admin/api/pool/reset", "").statusCode()).isEqualTo(200);
        }
    }

    /** The application answers when this returns. */
    final void bringUp() throws Exception {
        assertThat(state).as("see the first failure").isNotEqualTo(State.BROKEN);
        State before = state;
        state = State.BROKEN;
        switch (before) {
            case DOWN -> start(server, settings("hydra"));
            case WITHOUT_APPLICATION -> server.deploy();
            default -> {
            }
        }
        if (hydra == null) {
            hydra = open(server);
        }
        state = State.READY;
    }

    /** Starts a server so that the application answers. */
    void start(AppServer which, Map<String, String> settings) throws Exception {
        which.start(settings);
    }

    /** The application on a server, with a token of its own. */
    static DeployedHydra open(AppServer server) {
        DeployedHydra closed = new DeployedHydra(server.address(), AppServer.PATH);
        assertThat(closed.chat("Hello").statusCode()).as("a deployed gateway without tokens is closed").isEqualTo(401);
        return closed.with(closed.makeToken("checks"));
    }

    final void undeploy() throws Exception {
        state = State.WITHOUT_APPLICATION;
        server.undeploy();
    }

    final void bringDown() throws Exception {
        if (state == State.WITHOUT_APPLICATION || state == State.READY) {
            state = State.DOWN;
            server.stop();
        }
    }

    @AfterAll
    void finish() throws Exception {
        if (gemini != null) {
            gemini.close();
        }
        if (state != State.DOWN) {
            server.finish();
        }
    }

    final Map<String, String> settings(String directory) {
        Map<String, String> settings = new HashMap<>();
        settings.put("HYDRA_HOME", home.resolve(directory).toString());
        settings.put("HYDRA_GEMINI_URL", gemini.url().toString());
        settings.put("GEMINI_API_KEYS", keys());
        settings.put("HYDRA_ADMIN_PASSWORD", DeployedHydra.PASSWORD);
        settings.put("HYDRA_STREAM_BEAT", "500ms");
        settings.put("HYDRA_STREAM_HOLD", "2s");
        settings.put("HYDRA_TIMEOUT_TOTAL", "90s");
        settings.put("HYDRA_STOP_GRACE", "8s");
        return settings;
    }

    /** Enough for all streams at once. */
    static String keys() {
        return IntStream.range(0, KEYS).mapToObj(i -> "key-" + i).collect(Collectors.joining(","));
    }

    /** A file or directory of these checks. */
    static Path at(String name) {
        return home.resolve(name);
    }

    final FakeGemini gemini() {
        return gemini;
    }

    final AppServer server() {
        return server;
    }

    final DeployedHydra hydra() {
        return hydra;
    }

    static JsonObject awaitAudited(DeployedHydra where, String requestId) {
        return Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> where.audited(requestId), Optional::isPresent).orElseThrow();
    }

    /** A stream that did not come to its end says so, and has no proper end. */
    static void assertCut(Connection.Answer answer) throws IOException {
        assertThat(answer.status()).isEqualTo(200);
        List<String> events = new ArrayList<>();
        assertThatThrownBy(() -> {
            for (String event = answer.event(); event != null; event = answer.event()) {
                events.add(event);
            }
        }).as("no clean end").isInstanceOfAny(EOFException.class, SocketException.class);
        assertThat(events.getLast()).startsWith("data: {\"error\":");
        assertThat(events).noneMatch(event -> event.contains("[DONE]") || event.contains("\"finish_reason\":\"stop\""));
    }

    static List<String> events(Connection.Answer answer) throws IOException {
        List<String> events = new ArrayList<>();
        for (String event = answer.event(); event != null; event = answer.event()) {
            events.add(event);
        }
        return events;
    }
}
