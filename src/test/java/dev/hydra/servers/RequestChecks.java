package dev.hydra.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.support.FakeGemini;
import dev.hydra.support.Http;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** What Hydra promises of requests on every server (issue 3), black box over HTTP; one subclass for each server. */
abstract class RequestChecks extends StartedServer {
    /** More than a stock server has threads for requests. */
    private static final int WAITING = 260;
    private static final int CUTS = 1000;
    private static final long SEED = 20261124;
    /** What Jersey and Weld have to say of a request whose client has left. */
    private static final List<String> NOISE = List.of("An I/O error has occurred while writing", "Error while closing the output stream",
            "HttpContextLifecycle guard", "Bean store leak");

    @Test
    void aWholeAnswerComesUnderTheContextPathAlone() {
        HttpResponse<String> answer = hydra().chat("marker-whole");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(DeployedHydra.text(answer.body())).contains("marker-whole");
        assertThat(Http.post(server().address().resolve("/v1/chat/completions"), DeployedHydra.request(MODEL, "Hello", false)).statusCode())
                .as("at the root there is no Hydra").isEqualTo(404);
    }

    @Test
    void eachPieceOfAStreamArrivesBeforeTheNextOneIsMade() throws IOException {
        Semaphore permits = new Semaphore(0);
        gemini().enqueue(FakeGemini.stepwise(permits));
        try (Connection connection = new Connection(server().address())) {
            hydra().ask(connection, MODEL, "one two three four five six seven eight nine ten", true);
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
        gemini().enqueue(FakeGemini.dayUsedUp(), FakeGemini.keyRevoked());

        HttpResponse<String> answer = hydra().chat("Hello");

        assertThat(answer.statusCode()).isEqualTo(200);
        List<Optional<String>> keys = gemini().requests().stream().filter(request -> request.path().endsWith(":generateContent"))
                .map(request -> request.header("x-goog-api-key")).toList();
        assertThat(keys).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void onlyAValidTokenOpensTheApi() {
        assertThat(hydra().with("").chat("Hello").statusCode()).isEqualTo(401);
        assertThat(hydra().with("sk-hydra-local").chat("Hello").statusCode()).isEqualTo(401);
        String other = hydra().makeToken("other");
        assertThat(hydra().with(other).chat("Hello").statusCode()).isEqualTo(200);
    }

    @Test
    void everyExchangeIsAudited() {
        HttpResponse<String> answer = hydra().chat("Hello");

        JsonObject entry = awaitAudited(hydra(), answer.headers().firstValue("x-request-id").orElseThrow());
        assertThat(entry.getJsonObject("who").getString("caller")).isEqualTo("checks");
        assertThat(entry.getJsonObject("who").getString("address")).isEqualTo("127.0.0.1");
        assertThat(entry.getJsonObject("answered").getInt("status")).isEqualTo(200);
        assertThat(entry.getJsonObject("tokens").getInt("totalTokens")).isPositive();
    }

    @Test
    void theDashboardAsksForASignIn() {
        assertThat(Http.get(hydra().at("/dashboard/")).statusCode()).isEqualTo(401);

        HttpResponse<String> page = hydra().admin("GET", "/dashboard/", "");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("content-type")).hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        assertThat(page.headers().firstValue("content-security-policy")).isPresent();
        assertThat(page.body()).contains("<script type=\"module\"");
    }

    @Test
    void theAdminApiIsClosedToEverybodyElse() {
        assertThat(Http.get(hydra().at("/admin/api/status")).statusCode()).as("no sign-in").isEqualTo(401);
        assertThat(Http.get(hydra().at("/admin/api/status"), "Authorization", DeployedHydra.basic("wrong")).statusCode()).isEqualTo(401);
        assertThat(hydra().admin("GET", "/admin/api/status", "").statusCode()).isEqualTo(200);
        for (String header : new String[] {"X-Forwarded-For", "X-Real-IP", "Forwarded", "Cf-Connecting-Ip"}) {
            String value = header.equals("Forwarded") ? "for=127.0.0.1" : "127.0.0.1";
            assertThat(hydra().admin("GET", "/admin/api/status", "", header, value).statusCode()).as("spoofed " + header).isEqualTo(403);
        }
        assertThat(hydra().admin("GET", "/admin/api/status", "", "Origin", "https://evil.example").statusCode()).isEqualTo(403);
    }

    @Test
    void aStreamThatBreaksEndsInAnErrorFrameAndAnIncompleteBody() throws IOException {
        gemini().enqueue(FakeGemini.cutsStreamAfter(2));
        try (Connection connection = new Connection(server().address())) {
            assertCut(hydra().stream(connection, MODEL, "Hello, this is to be cut after some words"));
        }
    }

    @Test
    void moreWaitingStreamsThanThreadsLeaveRoomForOthers() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        gemini().failModel("gemini-2.5-pro", FakeGemini.holdsStreamAfter(1, never));
        List<Connection> waiting = new ArrayList<>();
        try {
            for (int i = 0; i < WAITING; i++) {
                Connection connection = new Connection(server().address());
                waiting.add(connection);
                hydra().ask(connection, "gemini-2.5-pro", "wait", true);
            }
            for (Connection connection : waiting) {
                assertThat(connection.answer().status()).isEqualTo(200);
            }
            assertThat(hydra().chat("marker-room").statusCode()).isEqualTo(200);
            assertThat(Http.get(hydra().at("/health")).statusCode()).isEqualTo(200);
        } finally {
            for (Connection connection : waiting) {
                connection.close();
            }
        }
        awaitAbandoned(WAITING);
    }

    private void awaitAbandoned(int count) {
        for (int left = count; left > 0;) {
            left -= gemini().takeAbandoned().path().contains("gemini-2.5-pro") ? 1 : 0;
        }
    }

    @Test
    void anAbortStormBreaksNoGoodAnswer() throws Exception {
        AbortStorm.Outcome outcome = new AbortStorm(hydra(), gemini(), SEED).run(CUTS);

        assertThat(outcome.broken()).isEmpty();
        assertThat(outcome.good()).isGreaterThan(CUTS / 10);
        assertThat(server().log().lines().filter(line -> NOISE.stream().anyMatch(line::contains)))
                .as("a client that leaves is no error").isEmpty();
    }
}
