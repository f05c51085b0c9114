package dev.hydra.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FaultTest {
    private static final String MODEL = "gemini-2.5-flash";
    private static final String STREAM = "/v1beta/models/" + MODEL + ":streamGenerateContent?alt=sse";
    private static final String HELLO = Client.user("Hello, tell me a story about a dragon");
    private static final Duration SOON = Duration.ofSeconds(20);
    private final SimulatedGemini api = SimulatedGemini.builder().anyKey(Quota.UNLIMITED).record(100).start();
    private final Client client = new Client(api, "key-a");

    @AfterEach
    void close() {
        api.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "KEY_REVOKED|400|INVALID_ARGUMENT|API_KEY_INVALID",
        "KEY_EXPIRED|400|INVALID_ARGUMENT|API key expired. Please renew the API key.",
        "KEY_LEAKED|403|PERMISSION_DENIED|Your API key was reported as leaked. Please use another API key.",
        "KEY_SUSPENDED|403|PERMISSION_DENIED|\"containerInfo\":\"api_key:key-a\"",
        "KEY_KIND_UNSUPPORTED|401|UNAUTHENTICATED|ACCESS_TOKEN_TYPE_UNSUPPORTED",
        "KEY_NOT_SUPPORTED_BY_API|401|UNAUTHENTICATED|CREDENTIALS_MISSING",
        "SERVICE_DISABLED|403|PERMISSION_DENIED|SERVICE_DISABLED",
        "KEY_BLOCKED|403|PERMISSION_DENIED|API_KEY_SERVICE_BLOCKED",
        "LOCATION|400|FAILED_PRECONDITION|User location is not supported for the API use.",
        "MINUTE_QUOTA|429|RESOURCE_EXHAUSTED|Please retry in 56.185908122s.",
        "TOKEN_QUOTA|429|RESOURCE_EXHAUSTED|GenerateContentInputTokensPerModelPerMinute-FreeTier",
        "DAILY_QUOTA|429|RESOURCE_EXHAUSTED|GenerateRequestsPerDayPerProjectPerModel-FreeTier",
        "PAID_DAILY_QUOTA|429|RESOURCE_EXHAUSTED|generate_requests_per_model_per_day",
        "NO_QUOTA|429|RESOURCE_EXHAUSTED|limit: 0, model: gemini-2.5-flash",
        "GROUNDING_QUOTA|429|RESOURCE_EXHAUSTED|google.rpc.Help",
        "EXHAUSTED|429|RESOURCE_EXHAUSTED|Resource has been exhausted (e.g. check quota).",
        "SHARED_EXHAUSTED|429|RESOURCE_EXHAUSTED|error-code-429",
        "CREDITS_DEPLETED|429|RESOURCE_EXHAUSTED|prepayment credits are depleted",
        "OVERLOADED|503|UNAVAILABLE|The model is overloaded. Please try again later.",
        "HIGH_DEMAND|503|UNAVAILABLE|currently experiencing high demand",
        "INTERNAL|500|INTERNAL|An internal error has occurred.",
        "DEADLINE_EXCEEDED|504|DEADLINE_EXCEEDED|Deadline expired",
        "MODEL_NOT_FOUND|404|NOT_FOUND|models/gemini-2.5-flash is not found for API version v1beta",
        "SIGNATURE_MISSING|400|INVALID_ARGUMENT|in the 3. content block is missing a thought_signature",
        "UNKNOWN_FIELD|400|INVALID_ARGUMENT|fieldViolations",
        "FILE_OF_ANOTHER|403|PERMISSION_DENIED|You do not have permission to access the File",
        "TOO_MANY_TOKENS|400|INVALID_ARGUMENT|exceeds the maximum number of tokens allowed (1048576)",
        "TOO_LARGE|413|INVALID_ARGUMENT|Request payload size exceeds the limit"})
    void refusesInGooglesWords(Refusal refusal, int status, String name, String text) throws Exception {
        api.enqueue(refusal);
        HttpResponse<String> refused = client.generate(MODEL, HELLO);
        assertThat(refused.statusCode()).isEqualTo(status);
        JsonObject error = Json.object(refused.body()).getJsonObject("error");
        assertThat(error.getInt("code")).isEqualTo(status);
        assertThat(error.getString("status")).isEqualTo(name);
        assertThat(refused.body()).contains(text);
        assertThat(client.generate(MODEL, HELLO).statusCode()).isEqualTo(200);
    }

    @Test
    void aFrontEndsErrorIsHtml() throws Exception {
        api.enqueue(Refusal.BAD_GATEWAY);
        HttpResponse<String> refused = client.generate(MODEL, HELLO);
        assertThat(refused.statusCode()).isEqualTo(502);
        assertThat(refused.body()).startsWith("<html>");
    }

    @Test
    void errorsKeepTheShapeOfTheStream() throws Exception {
        api.enqueue(Refusal.SHARED_EXHAUSTED);
        api.enqueue(Refusal.OVERLOADED);
        String array = client.post("/v1beta/models/" + MODEL + ":streamGenerateContent", HELLO).body();
        assertThat(Json.value(array).asJsonArray().getJsonObject(0).getJsonObject("error").getJsonArray("errors").toString())
                .contains("rateLimitExceeded");
        HttpResponse<String> sse = client.stream(MODEL, HELLO);
        assertThat(sse.headers().firstValue("content-type")).contains("text/event-stream");
        assertThat(Json.object(sse.body()).containsKey("error")).isTrue();
    }

    @Test
    void lastingFaultsHoldUntilRepaired() throws Exception {
        api.failKey("key-a", Refusal.KEY_LEAKED);
        api.failModel("gemini-2.5-pro", Refusal.OVERLOADED);
        Client other = new Client(api, "key-b");
        assertThat(client.generate(MODEL, HELLO).statusCode()).isEqualTo(403);
        assertThat(client.get("/v1beta/models").statusCode()).isEqualTo(403);
        assertThat(other.generate(MODEL, HELLO).statusCode()).isEqualTo(200);
        assertThat(other.generate("gemini-2.5-pro", HELLO).statusCode()).isEqualTo(503);
        api.repairKey("key-a");
        api.repairModel("gemini-2.5-pro");
        assertThat(client.generate("gemini-2.5-pro", HELLO).statusCode()).isEqualTo(200);
    }

    @Test
    void quotaOfAKeyLeavesItsListOfModels() throws Exception {
        api.failKey("key-a", Refusal.NO_QUOTA);
        assertThat(client.get("/v1beta/models").statusCode()).isEqualTo(200);
    }

    @Test
    void faultsOfAKeyAndOfARequestComeInOrder() throws Exception {
        api.enqueueFor("key-a", new Fault.MinuteQuota(Duration.ofMillis(900)));
        api.enqueue(new Fault.Custom(418, "UNKNOWN", "teapot"));
        assertThat(client.generate(MODEL, HELLO).statusCode()).isEqualTo(418);
        assertThat(client.generate(MODEL, HELLO).body()).contains("\"retryDelay\":\"0.900000000s\"");
    }

    @ParameterizedTest
    @EnumSource(Oddity.class)
    void odditiesAreStatus200InBothShapes(Oddity oddity) throws Exception {
        api.enqueue(oddity);
        api.enqueue(oddity);
        HttpResponse<byte[]> whole = client.postForBytes("/v1beta/models/" + MODEL + ":generateContent", HELLO);
        HttpResponse<byte[]> stream = client.postForBytes(STREAM, HELLO);
        assertThat(List.of(whole.statusCode(), stream.statusCode())).containsExactly(200, 200);
        String text = new String(stream.body(), StandardCharsets.UTF_8);
        assertThat(text).startsWith("data: ").doesNotContain("\"finishReason\":\"STOP\",\"index\":0,");
        String expected = switch (oddity) {
            case NO_CANDIDATES -> "{\"usageMetadata\"";
            case NO_PARTS -> "{\"role\":\"model\"},\"finishReason\":\"STOP\"";
            case BLOCKED_PROMPT -> "\"blockReason\":\"SAFETY\"";
            case PROHIBITED_PROMPT -> "\"blockReason\":\"PROHIBITED_CONTENT\"";
            case MALFORMED_FUNCTION_CALL -> "\"finishReason\":\"MALFORMED_FUNCTION_CALL\"";
            case UNEXPECTED_TOOL_CALL -> "\"finishReason\":\"UNEXPECTED_TOOL_CALL\"";
            case NO_FINISH_REASON -> "Well, ";
            case SAFETY -> "\"finishReason\":\"SAFETY\"";
            case RECITATION -> "\"finishReason\":\"RECITATION\"";
            case ALL_THOUGHT -> "\"finishReason\":\"MAX_TOKENS\"";
            case UNKNOWN_FINISH_REASON -> "FINISHED_ANOTHER_WAY";
            case INVALID_UTF8 -> "bro\ufffd(ken";
            case NOT_JSON -> "<html>";
            case TRUNCATED_JSON -> "\"Hel";
        };
        assertThat(text).contains(expected);
        assertThat(new String(whole.body(), StandardCharsets.UTF_8)).contains(expected);
        assertThat(text.contains("finishReason")).isEqualTo(new String(whole.body(), StandardCharsets.UTF_8).contains("finishReason"));
    }

    /** Sends a stream request on a plain socket, since the JDK's client hides how a connection ended and may drop what came before. */
    private Socket openSocket() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port());
        socket.getOutputStream().write(bytes("POST " + STREAM + " HTTP/1.1\r\nHost: x\r\nx-goog-api-key: k\r\nContent-Length: "
                + HELLO.length() + "\r\n\r\n" + HELLO));
        return socket;
    }

    @Test
    void cutsTheStreamAfterSomeEvents() throws Exception {
        api.enqueue(new Fault.Cut(2, false));
        try (Socket socket = openSocket()) {
            String received = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(received.split("\r\ndata: ", -1)).hasSize(3);
            assertThat(received).doesNotContain("\r\n0\r\n\r\n").doesNotContain("finishReason");
        }
    }

    @Test
    void resetsTheStreamAfterSomeEvents() throws Exception {
        api.enqueue(new Fault.Cut(2, true));
        try (Socket socket = openSocket()) {
            assertThatThrownBy(() -> socket.getInputStream().readAllBytes()).isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
    }

    @Test
    void cutsAWholeReplyHalfwayAndAConnectionWithoutAnswer() {
        api.enqueue(new Fault.Cut(0, false));
        assertThatThrownBy(() -> client.generate(MODEL, HELLO)).isInstanceOf(IOException.class);
        api.enqueue(new Fault.Cut(Fault.BEFORE_HEADERS, false));
        assertThatThrownBy(() -> client.generate(MODEL, HELLO)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource(Fault.Framing.class)
    void putsErrorsIntoTheStream(Fault.Framing framing) throws Exception {
        api.enqueue(new Fault.ErrorInStream(1, Refusal.OVERLOADED, framing));
        String body = client.stream(MODEL, HELLO).body();
        String rest = body.substring(body.indexOf("\r\n\r\n") + 4);
        assertThat(rest).startsWith(switch (framing) {
            case DATA -> "data: {\"error\":{\"code\":503";
            case BARE -> "{\"error\":{\"code\":503";
            case DATA_ARRAY -> "data: [{\"error\":{\"code\":503";
            case BARE_ARRAY -> "[{\"error\":{\"code\":503";
        });
        assertThat(body).doesNotContain("finishReason");
    }

    @Test
    void putsAnErrorIntoTheJsonArray() throws Exception {
        api.enqueue(new Fault.ErrorInStream(1, Refusal.INTERNAL, Fault.Framing.DATA));
        String body = client.post("/v1beta/models/" + MODEL + ":streamGenerateContent", HELLO).body();
        assertThat(Json.value(body).asJsonArray().getJsonObject(1).getJsonObject("error").getInt("code")).isEqualTo(500);
    }

    @Test
    void holdsTheStreamUntilReleasedAndEventsLeaveAtOnce() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        api.enqueue(new Fault.Held(1, release));
        InputStream body = client.open(STREAM, HELLO).body();
        StringBuilder first = new StringBuilder();
        while (!first.toString().endsWith("\r\n\r\n")) {
            first.append((char) body.read());
        }
        assertThat(Client.events(first.toString())).hasSize(1);
        release.countDown();
        assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).contains("\"finishReason\":\"STOP\"");
    }

    @Test
    void holdsTheHeadersUntilReleased() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        api.enqueue(new Fault.Held(Fault.BEFORE_HEADERS, release));
        var pending = CompletableFuture.supplyAsync(() -> {
            try {
                return client.stream(MODEL, HELLO).statusCode();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(api.takeRequest(SOON)).isPresent();
        assertThat(pending).isNotDone();
        release.countDown();
        assertThat(pending.get()).isEqualTo(200);
    }

    @Test
    void stallsForAWhileThenGoesOn() throws Exception {
        api.enqueue(new Fault.Stalled(Fault.BEFORE_HEADERS, Duration.ofMillis(1)));
        api.enqueue(new Fault.Stalled(1, Duration.ofMillis(1)));
        assertThat(client.stream(MODEL, HELLO).body()).contains("STOP");
        assertThat(client.stream(MODEL, HELLO).body()).contains("STOP");
    }

    @Test
    void noticesThatTheClientLeftDuringSilence() throws Exception {
        api.enqueue(new Fault.Stalled(1, Duration.ofMinutes(10)));
        try (InputStream body = client.open(STREAM, HELLO).body()) {
            assertThat(body.read()).isEqualTo('d');
        }
        assertThat(api.takeAbandoned(SOON)).get().extracting(RecordedRequest::query).isEqualTo("alt=sse");
    }

    @Test
    void sendsAHugeEventInOneLine() throws Exception {
        api.enqueue(new Fault.HugeEvent(10_000_000));
        byte[] body = client.postForBytes(STREAM, HELLO).body();
        assertThat(body.length).isGreaterThan(10_000_000);
        assertThat(body[body.length - 5]).isEqualTo((byte) '}');
    }

    @Test
    void dripsTheNormalReply() throws Exception {
        String normal = Client.text(client.answer(MODEL, HELLO));
        api.enqueue(new Fault.Drip(1, Duration.ZERO));
        List<JsonObject> events = Client.events(client.stream(MODEL, HELLO).body());
        assertThat(String.join("", events.stream().map(Client::text).toList())).isEqualTo(normal);
    }

    @Test
    void repliesWithAnythingScripted() throws Exception {
        api.enqueue(new Fault.Raw(429, Map.of("Retry-After", "7", "Content-Type", "text/plain"), List.of(bytes("slow"))));
        HttpResponse<String> one = client.generate(MODEL, HELLO);
        assertThat(one.statusCode()).isEqualTo(429);
        assertThat(one.headers().firstValue("retry-after")).contains("7");
        assertThat(one.body()).isEqualTo("slow");
        api.enqueue(new Fault.Raw(200, Map.of(), List.of(bytes("data: a\n"), bytes("\ndata: b\n\n"))));
        assertThat(client.stream(MODEL, HELLO).body()).isEqualTo("data: a\n\ndata: b\n\n");
        api.enqueue(new Fault.Verbatim(bytes("garbage\r\n\r\n")));
        assertThatThrownBy(() -> client.generate(MODEL, HELLO)).isInstanceOf(IOException.class);
        api.enqueue(new Fault.Events(List.of("{\"a\":1}", "{\"b\":2}")));
        assertThat(client.stream(MODEL, HELLO).body()).isEqualTo("data: {\"a\":1}\r\n\r\ndata: {\"b\":2}\r\n\r\n");
        api.enqueue(new Fault.Says(List.of("One ", "two")));
        assertThat(Client.text(client.answer(MODEL, HELLO))).isEqualTo("One two");
    }

    @Test
    void recordsRequestsUpToTheBound() throws Exception {
        try (SimulatedGemini small = SimulatedGemini.builder().anyKey(Quota.UNLIMITED).record(2).start()) {
            Client caller = new Client(small, "key-z");
            for (String text : List.of("one", "two", "three")) {
                caller.stream(MODEL, Client.user(text));
            }
            RecordedRequest second = small.takeRequest(SOON).orElseThrow();
            assertThat(second.json()).isEqualTo(Json.object(Client.user("two")));
            assertThat(second.path()).isEqualTo("/v1beta/models/" + MODEL + ":streamGenerateContent");
            assertThat(second.header("X-Goog-Api-Key")).contains("key-z");
            assertThat(small.takeRequest(SOON).orElseThrow().text()).contains("three");
            assertThat(small.takeRequest(Duration.ZERO)).isEmpty();
            assertThat(small.requestCount()).isEqualTo(3);
        }
    }
}
