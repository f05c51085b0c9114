package dev.hydra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.support.FakeGemini;
import dev.hydra.support.Http;
import dev.hydra.support.RunningHydra;
import dev.hydra.wire.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The executable WAR with two keys before a simulated Gemini: what only shows in the whole. */
class GatewayIT {
    private static final String GOOD = "{\"model\":\"gemini-2.5-flash\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
    private static final String STREAM = GOOD.replace("{\"model\"", "{\"stream\":true,\"model\"");

    @TempDir
    private Path home;
    private FakeGemini gemini;
    private RunningHydra hydra;

    @BeforeEach
    void start() {
        gemini = FakeGemini.start();
        run();
    }

    @AfterEach
    void stop() {
        hydra.close();
        gemini.close();
    }

    private void run() {
        hydra = RunningHydra.start(home,
                Map.of("HYDRA_GEMINI_URL", gemini.url().toString(), "GEMINI_API_KEYS", "k1,k2", "HYDRA_POOL_STRATEGY",
                        "sequential"));
    }

    private URI chat() {
        return hydra.url().resolve("/v1/chat/completions");
    }

    @Test
    void aUsedUpKeyIsLeftAloneEvenAfterARestartAndTheAuditTellsTheTale() {
        gemini.failKey("k1", FakeGemini.dayUsedUp());

        HttpResponse<String> first = Http.post(chat(), GOOD);
        hydra.close();
        run();
        HttpResponse<String> second = Http.post(chat(), GOOD);

        assertThat(List.of(first.statusCode(), second.statusCode())).containsOnly(200);
        assertThat(gemini.requests().stream().map(request -> request.header("x-goog-api-key")))
                .containsExactly(Optional.of("k1"), Optional.of("k2"), Optional.of("k2"));
        String id = first.headers().firstValue("x-request-id").orElseThrow();
        JsonObject row = Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> auditRow(id), Optional::isPresent).orElseThrow();
        assertThat(row.toString()).contains("gemini-2.5-flash", "daily quota", "accepted", "chat");
        assertThat(row.getJsonObject("answered").getInt("status")).isEqualTo(200);
    }

    private Optional<JsonObject> auditRow(String requestId) {
        JsonObject page = Json.object(Http.get(hydra.url().resolve("/admin/api/audit?limit=50")).body());
        return page.values().stream().filter(value -> value instanceof JsonArray).flatMap(value -> value.asJsonArray().stream())
                .map(value -> value.asJsonObject()).filter(row -> row.toString().contains(requestId)).findFirst();
    }

    @Test
    void aResetWakesRestingKeys() {
        gemini.enqueue(FakeGemini.dayUsedUp(), FakeGemini.dayUsedUp());
        assertThat(Http.post(chat(), GOOD).statusCode()).isEqualTo(429);
        assertThat(Http.post(chat(), GOOD).statusCode()).isEqualTo(429);

        assertThat(Http.post(hydra.url().resolve("/admin/api/pool/reset"), "").statusCode()).isEqualTo(200);

        assertThat(Http.post(chat(), GOOD).statusCode()).isEqualTo(200);
    }

    @Test
    void theFirstTokenClosesTheGateAndRevokingItOpensNothing() {
        URI tokens = hydra.url().resolve("/admin/api/tokens");
        assertThat(Http.post(chat(), GOOD, "Authorization", "Bearer anything").statusCode()).isEqualTo(200);

        JsonObject made = Json.object(Http.post(tokens, "{\"name\":\"laptop\"}", "Content-Type", "application/json").body());
        String token = made.getString("token");

        assertThat(Http.post(chat(), GOOD).statusCode()).isEqualTo(401);
        assertThat(Http.post(chat(), GOOD, "Authorization", "Bearer sk-hydra-local").statusCode()).isEqualTo(401);
        assertThat(Http.post(chat(), GOOD, "Authorization", "Bearer " + token).statusCode()).isEqualTo(200);
        assertThat(Http.call("DELETE", URI.create(tokens + "/" + made.getString("id"))).statusCode()).isBetween(200, 299);
        assertThat(Http.post(chat(), GOOD, "Authorization", "Bearer " + token).statusCode()).isEqualTo(401);
        assertThat(Http.post(chat(), GOOD).statusCode()).isEqualTo(401);
    }

    @Test
    void theFirstPieceOfAStreamLeavesBeforeTheSecondHasCome() throws IOException {
        CountDownLatch rest = new CountDownLatch(1);
        gemini.enqueue(FakeGemini.holdsStreamAfter(1, rest));
        try (Socket socket = new Socket(hydra.url().getHost(), hydra.url().getPort())) {
            request(socket);
            InputStream in = socket.getInputStream();
            String head = until(in, "\"content\":\"");
            rest.countDown();

            assertThat(head).startsWith("HTTP/1.1 200").contains("text/event-stream");
            assertThat(until(in, "data: [DONE]")).contains("\"finish_reason\":\"stop\"");
        }
    }

    @Test
    void aClientThatClosesItsConnectionEndsTheProvidersCall() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        gemini.enqueue(FakeGemini.stallsStreamAfter(1, Duration.ofMillis(300)), FakeGemini.holdsStreamAfter(1, never));
        try (Socket socket = new Socket(hydra.url().getHost(), hydra.url().getPort())) {
            request(socket);
            until(socket.getInputStream(), "\"content\":\"");
        }
        never.countDown();
        assertThat(Http.post(chat(), GOOD).statusCode()).isEqualTo(200);
    }

    @Test
    void aReplyThatBreaksLateEndsInAnErrorFrameAndAnIncompleteBody() throws IOException {
        gemini.enqueue(FakeGemini.cutsStreamAfter(1));
        try (Socket socket = new Socket(hydra.url().getHost(), hydra.url().getPort())) {
            request(socket);
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(all).contains("data: {\"error\":").doesNotContain("[DONE]").doesNotContain("\"finish_reason\":\"stop\"");
            assertThat(all).as("the last chunk of the body is missing").doesNotEndWith("0\r\n\r\n");
        }
    }

    private static void request(Socket socket) throws IOException {
        byte[] body = STREAM.getBytes(StandardCharsets.UTF_8);
        socket.setSoTimeout(30_000);
        socket.getOutputStream()
                .write(("POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(body);
    }

    private static String until(InputStream in, String end) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            int b = in.read();
            assertThat(b).as("more after: " + read).isNotNegative();
            read.append((char) b);
        }
        return read.toString();
    }
}
