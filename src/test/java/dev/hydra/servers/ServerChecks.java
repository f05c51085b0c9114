package dev.hydra.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydra.support.FakeGemini;
import dev.hydra.support.Http;
import jakarta.json.JsonObject;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Hydra promises on every server (issue 3), black box over HTTP; one subclass for each server. The server starts once for all checks; a check that stops
 * it starts it again.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServerChecks {
    private static final String MODEL = "gemini-2.5-flash";
    private static final int KEYS = 120;
    /** More than a stock server has threads for requests. */
    private static final int WAITING = 260;
    private static final int CUTS = 1000;
    private static final long SEED = 20261124;

    @TempDir
    static Path home;
    private FakeGemini gemini;
    private AppServer server;
    private DeployedHydra hydra;

    /** The server to check, not started. @param directory for its files */
    abstract AppServer server(Path directory);

    @BeforeEach
    void start() throws Exception {
        if (server == null) {
            gemini = FakeGemini.start();
            server = server(home.resolve("server"));
            server.start(settings("hydra"));
            DeployedHydra closed = new DeployedHydra(server.address(), AppServer.PATH);
            assertThat(closed.chat("Hello").statusCode()).as("a deployed gateway without tokens is closed").isEqualTo(401);
            hydra = closed.with(closed.makeToken("checks"));
        }
        assertThat(hydra).as("the server has started, see the first failure").isNotNull();
        gemini.api().reset();
        assertThat(hydra.admin("POST", "/admin/api/pool/reset", "").statusCode()).isEqualTo(200);
    }

    /** Stops the server of all checks while another one does something. */
    void whileDown(Ending other) throws Exception {
        server.stop();
        try {
            other.run();
        } finally {
            server.start(settings("hydra"));
        }
    }

    @AfterAll
    void stop() throws Exception {
        if (server != null) {
            server.finish();
            gemini.close();
        }
    }

    Map<String, String> settings(String directory) {
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

    @Test
    void aWholeAnswerComesUnderTheContextPathAlone() {
        HttpResponse<String> answer = hydra.chat("marker-whole");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(DeployedHydra.text(answer.body())).contains("marker-whole");
        assertThat(Http.post(server.address().resolve("/v1/chat/completions"), DeployedHydra.request(MODEL, "Hello", false)).statusCode())
                .as("at the root there is no Hydra").isEqualTo(404);
    }

    @Test
    void eachPieceOfAStreamArrivesBeforeTheNextOneIsMade() throws IOException {
        Semaphore permits = new Semaphore(0);
        gemini.enqueue(FakeGemini.stepwise(permits));
        try (Connection connection = new Connection(server.address())) {
            hydra.ask(connection, MODEL, "one two three four five six seven eight nine ten", true);
            permits.release();
            Connection.Answer answer = connection.answer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("content-type")).startsWith("text/event-stream");
            List<String> pieces = new ArrayList<>();
            for (String event = answer.event(); !event.equals("data: [DONE]"); event = answer.event()) {
                String piece = DeployedHydra.delta(event);
                if (!piece.isEmpty()) {
                    pieces.add(piece);
                    permits.release(); // only now can the provider go on
                }
            }
            assertThat(pieces).hasSizeGreaterThan(3);
            assertThat(String.join("", pieces)).endsWith("eight nine ten");
            assertThat(answer.event()).as("a clean end").isNull();
        }
    }

    @Test
    void aRefusedKeyIsReplacedByTheNext() {
        gemini.enqueue(FakeGemini.dayUsedUp(), FakeGemini.keyRevoked());

        HttpResponse<String> answer = hydra.chat("Hello");

        assertThat(answer.statusCode()).isEqualTo(200);
        List<Optional<String>> keys = gemini.requests().stream().filter(request -> request.path().endsWith(":generateContent"))
                .map(request -> request.header("x-goog-api-key")).toList();
        assertThat(keys).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void onlyAValidTokenOpensTheApi() {
        assertThat(hydra.with("").chat("Hello").statusCode()).isEqualTo(401);
        assertThat(hydra.with("sk-hydra-local").chat("Hello").statusCode()).isEqualTo(401);
        String other = hydra.makeToken("other");
        assertThat(hydra.with(other).chat("Hello").statusCode()).isEqualTo(200);
    }

    @Test
    void everyExchangeIsAudited() {
        HttpResponse<String> answer = hydra.chat("Hello");

        JsonObject entry = awaitAudited(answer.headers().firstValue("x-request-id").orElseThrow());
        assertThat(entry.getJsonObject("who").getString("caller")).isEqualTo("checks");
        assertThat(entry.getJsonObject("who").getString("address")).isEqualTo("127.0.0.1");
        assertThat(entry.getJsonObject("answered").getInt("status")).isEqualTo(200);
        assertThat(entry.getJsonObject("tokens").getInt("totalTokens")).isPositive();
    }

    private JsonObject awaitAudited(String requestId) {
        return Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> hydra.audited(requestId), Optional::isPresent).orElseThrow();
    }

    @Test
    void theDashboardAsksForASignIn() {
        assertThat(Http.get(hydra.at("/dashboard/")).statusCode()).isEqualTo(401);

        HttpResponse<String> page = hydra.admin("GET", "/dashboard/", "");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("content-type")).hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        assertThat(page.headers().firstValue("content-security-policy")).isPresent();
        assertThat(page.body()).contains("<script type=\"module\"");
    }

    @Test
    void theAdminApiIsClosedToEverybodyElse() {
        assertThat(Http.get(hydra.at("/admin/api/status")).statusCode()).as("no sign-in").isEqualTo(401);
        assertThat(Http.get(hydra.at("/admin/api/status"), "Authorization", DeployedHydra.basic("wrong")).statusCode()).isEqualTo(401);
        assertThat(hydra.admin("GET", "/admin/api/status", "").statusCode()).isEqualTo(200);
        for (String header : new String[] {"X-Forwarded-For", "X-Real-IP", "Forwarded", "Cf-Connecting-Ip"}) {
            String value = header.equals("Forwarded") ? "for=127.0.0.1" : "127.0.0.1";
            assertThat(hydra.admin("GET", "/admin/api/status", "", header, value).statusCode()).as("spoofed " + header).isEqualTo(403);
        }
        assertThat(hydra.admin("GET", "/admin/api/status", "", "Origin", "https://evil.example").statusCode()).isEqualTo(403);
    }

    @Test
    void aStreamThatBreaksEndsInAnErrorFrameAndAnIncompleteBody() throws IOException {
        gemini.enqueue(FakeGemini.cutsStreamAfter(2));
        try (Connection connection = new Connection(server.address())) {
            assertCut(hydra.stream(connection, MODEL, "Hello, this is to be cut after some words"));
        }
    }

    private static void assertCut(Connection.Answer answer) throws IOException {
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

    @Test
    void moreWaitingStreamsThanThreadsLeaveRoomForOthers() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        gemini.failModel("gemini-2.5-pro", FakeGemini.holdsStreamAfter(1, never));
        List<Connection> waiting = new ArrayList<>();
        try {
            for (int i = 0; i < WAITING; i++) {
                Connection connection = new Connection(server.address());
                waiting.add(connection);
                hydra.ask(connection, "gemini-2.5-pro", "wait", true);
            }
            for (Connection connection : waiting) {
                assertThat(connection.answer().status()).isEqualTo(200);
            }
            assertThat(hydra.chat("marker-room").statusCode()).isEqualTo(200);
            assertThat(Http.get(hydra.at("/health")).statusCode()).isEqualTo(200);
        } finally {
            for (Connection connection : waiting) {
                connection.close();
            }
        }
        awaitAbandoned(WAITING);
    }

    private void awaitAbandoned(int count) {
        for (int left = count; left > 0;) {
            left -= gemini.takeAbandoned().path().contains("gemini-2.5-pro") ? 1 : 0;
        }
    }

    @Test
    void anAbortStormBreaksNoGoodAnswer() throws Exception {
        AbortStorm.Outcome outcome = new AbortStorm(hydra, gemini, SEED).run(CUTS);

        assertThat(outcome.broken()).isEmpty();
        assertThat(outcome.good()).isGreaterThan(CUTS / 10);
        assertThat(server.log().lines().filter(line -> line.contains("An I/O error has occurred while writing")
                || line.contains("Error while closing the output stream"))).as("a client that leaves is no error").isEmpty();
    }

    @Test
    void aRedeploymentFindsEverythingAndLeavesNothingBehind() throws Exception {
        String id = hydra.chat("Hello").headers().firstValue("x-request-id").orElseThrow();

        OptionalLong process = server instanceof AppServer.Installed installed ? OptionalLong.of(installed.process())
                : OptionalLong.empty();
        server.undeploy();
        try {
            process.ifPresent(Remains::assertNone);
            assertThat(AuditTable.status(home.resolve("hydra"), id)).as("drained at the end, and the file is free").hasValue(200);
        } finally {
            server.deploy();
        }

        assertThat(hydra.chat("Hello").statusCode()).isEqualTo(200);
        assertThat(hydra.audited(id)).isPresent();
        assertThat(server.log().lines().filter(ServerChecks::namesALeak)).isEmpty();
    }

    /** Tomcat takes one of its own utility threads for the application's when it looks after it in the moment of its end. */
    private static boolean namesALeak(String line) {
        return line.contains("but has failed to stop it") && !line.contains("[Catalina-utility-")
                || line.contains("failed to unregister it");
    }

    @Test
    void aStopLetsAStreamEndAndTakesNothingNew() throws Exception {
        try {
            endsInPeace(server::stop);
        } finally {
            server.start(settings("hydra"));
        }
    }

    @Test
    void anUndeploymentLetsAStreamEndAndTakesNothingNew() throws Exception {
        try {
            endsInPeace(server::undeploy);
        } finally {
            server.deploy();
        }
    }

    /** One answer that ends well and one that breaks: a server that is being stopped has been used. */
    private void useEverything() throws IOException {
        awaitAudited(hydra.chat("Hello").headers().firstValue("x-request-id").orElseThrow());
        aStreamThatBreaksEndsInAnErrorFrameAndAnIncompleteBody();
    }

    /** The ending runs on the test's own thread, to which Arquillian's handles are bound; the clients on another. */
    private void endsInPeace(Ending ending) throws Exception {
        useEverything();
        Semaphore permits = new Semaphore(1);
        AtomicBoolean ended = new AtomicBoolean();
        gemini.enqueue(FakeGemini.stepwise(permits));
        String id;
        try (Connection connection = new Connection(server.address())) {
            Connection.Answer answer = hydra.stream(connection, MODEL, "marker-peace");
            id = answer.header("x-request-id");
            answer.event();
            FutureTask<List<String>> client = begin(() -> {
                Awaitility.await().atMost(7, TimeUnit.SECONDS).until(this::takesNothingNew);
                assertThat(ended).as("the end waits for the stream").isFalse();
                permits.release(1000);
                return events(answer);
            });
            ending.run();
            ended.set(true);
            assertThat(client.get(60, TimeUnit.SECONDS)).contains("data: [DONE]").noneMatch(event -> event.contains("\"error\""));
        }
        assertThat(AuditTable.status(home.resolve("hydra"), id)).as("audited before the end").hasValue(200);
    }

    private static List<String> events(Connection.Answer answer) throws IOException {
        List<String> events = new ArrayList<>();
        for (String event = answer.event(); event != null; event = answer.event()) {
            events.add(event);
        }
        return events;
    }

    /**
     * Refused by Hydra with Retry-After where the server still brings it requests; by the server; not connected; or, on a Tomcat that is shut down, left
     * without an answer until the end. What was let in before the stop was noticed is answered.
     */
    private boolean takesNothingNew() {
        try (Connection connection = new Connection(server.address())) {
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

    @Test
    void whatOutlivesTheGraceIsCut() throws Exception {
        useEverything();
        gemini.api().reset();
        gemini.enqueue(FakeGemini.stepwise(new Semaphore(1)));
        try (Connection connection = new Connection(server.address())) {
            Connection.Answer answer = hydra.stream(connection, MODEL, "marker-grace");
            FutureTask<Boolean> client = begin(() -> {
                assertCut(answer);
                return true;
            });
            try {
                server.undeploy();
                client.get(60, TimeUnit.SECONDS);
            } finally {
                server.deploy();
            }
        }
        assertThat(gemini.takeAbandoned().path()).contains(MODEL);
    }

    /** What ends the application or is done without it. */
    interface Ending {
        void run() throws Exception;
    }

    private static <T> FutureTask<T> begin(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().start(task);
        return task;
    }
}
