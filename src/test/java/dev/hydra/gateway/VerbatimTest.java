package dev.hydra.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.demo.RecordedRequest;
import dev.hydra.demo.Refusal;
import dev.hydra.dialect.gemini.GeminiEndpoint;
import dev.hydra.dialect.gemini.GeminiEndpoints;
import dev.hydra.support.FakeGemini;
import dev.hydra.wire.Json;
import dev.hydra.wire.Passage;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Clients of the Gemini API before the Gemini API: bytes through, only listening (design §4.6). */
class VerbatimTest extends WithGateway {
    private static final String BODY = "{ \"contents\":[{\"parts\":[{\"text\":\"Hello\"}]}] ,\"generation_config\":{\"top_k\":3}}";
    private static final String FIRST = "{\"candidates\": [{\"content\": {\"parts\": [{\"text\": \"Good\"}],\"role\": \"model\"},\"index\": 0}],"
            + "\"someNews\": {\"x\": 1}}";
    private static final String LAST = "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\" day\"}]},\"finishReason\":\"STOP\"}],"
            + "\"usageMetadata\":{\"promptTokenCount\":3,\"candidatesTokenCount\":4,\"totalTokenCount\":7}}";
    private final GeminiEndpoints endpoints = new GeminiEndpoints();

    private GeminiEndpoint endpoint(String method, boolean events) {
        return endpoints.of("gemini-2.5-flash", new Passage("v1", method, "", Map.of()), events);
    }

    @Test
    void aWholeReplyIsTheProvidersByteByByteAndSoIsTheRequest() {
        gemini.enqueue(FakeGemini.json(200, "  " + LAST + "\n"));

        Answer answer = with("k1").answer(endpoint("generateContent", false), BODY);

        assertThat(((Answer.Whole) answer).body()).asString().isEqualTo("  " + LAST + "\n");
        RecordedRequest sent = gemini.takeRequest();
        assertThat(sent.text()).isEqualTo(BODY);
        assertThat(sent.path()).isEqualTo("/v1/models/gemini-2.5-flash:generateContent");
        assertThat(sent.header("x-goog-api-key")).contains("k1");
        assertThat(gateway.finished).singleElement().satisfies(exchange -> {
            assertThat(exchange.usage().total()).isEqualTo(7);
            assertThat(exchange.dialect()).isEqualTo("gemini");
            assertThat(exchange.model()).isEqualTo("gemini-2.5-flash");
        });
    }

    @Test
    void aStreamOfEventsStaysOne() throws IOException {
        gemini.enqueue(FakeGemini.events(FIRST, LAST));

        Answer answer = with("k1").answer(endpoint("streamGenerateContent", true), BODY);

        assertThat(((Answer.Streamed) answer).type()).isEqualTo("text/event-stream");
        assertThat(TestGateway.stream(answer)).isEqualTo("data: " + FIRST + "\r\n\r\ndata: " + LAST + "\r\n\r\n");
        assertThat(gemini.takeRequest().query()).isEqualTo("alt=sse");
        assertThat(gateway.finished).singleElement().satisfies(exchange -> assertThat(exchange.usage().total()).isEqualTo(7));
    }

    @Test
    void withoutEventsItIsOneArrayThatGrows() throws IOException {
        gemini.enqueue(FakeGemini.events(FIRST, LAST));

        Answer answer = with("k1").answer(endpoint("streamGenerateContent", false), BODY);

        assertThat(((Answer.Streamed) answer).type()).isEqualTo("application/json");
        assertThat(TestGateway.stream(answer)).isEqualTo("[" + FIRST + ",\r\n" + LAST + "]");
    }

    @Test
    void anotherKeyAnswersWhenTheFirstOnesQuotaIsUsedUp() {
        gemini.enqueue(FakeGemini.tooManyRequests(Duration.ofSeconds(7)));

        assertThat(with("k1", "k2").answer(endpoint("generateContent", false), BODY).status()).isEqualTo(200);
        assertThat(verdicts()).containsExactly("quota", "accepted");
    }

    @Test
    void aUsedUpPoolIsToldWithTheTimeToComeBack() {
        gemini.failKey("k1", FakeGemini.tooManyRequests(Duration.ofSeconds(7)));

        Answer answer = with("k1").answer(endpoint("generateContent", false), BODY);

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.headers()).containsKey("Retry-After");
        JsonObject error = error(answer);
        assertThat(error.getInt("code")).isEqualTo(429);
        assertThat(error.getString("status")).isEqualTo("RESOURCE_EXHAUSTED");
        assertThat(error.getJsonArray("details")).extracting(detail -> detail.asJsonObject().getString("@type"))
                .containsExactly("type.googleapis.com/google.rpc.QuotaFailure", "type.googleapis.com/google.rpc.Help",
                        "type.googleapis.com/google.rpc.RequestInfo", "type.googleapis.com/google.rpc.RetryInfo");
        assertThat(error.getJsonArray("details").toString()).contains("\"retryDelay\":\"8s\"", "\"quotaId\":\"")
                .doesNotContain("\"7s\"");
    }

    @Test
    void aRefusedRequestKeepsGooglesDetails() {
        String violation = "{\"@type\":\"type.googleapis.com/google.rpc.BadRequest\",\"fieldViolations\":[{\"field\":\"tools[0]\",\"description\":\"no\"}]}";
        gemini.enqueue(FakeGemini.json(400,
                "{\"error\":{\"code\":400,\"message\":\"Invalid JSON payload received.\",\"status\":\"INVALID_ARGUMENT\","
                        + "\"details\":[" + violation + "]}}"));

        Answer answer = with("k1").answer(endpoint("generateContent", false), BODY);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(error(answer).getJsonArray("details")).contains(Json.object(violation));
    }

    @Test
    void anErrorOfAnArrayIsInAnArray() {
        JsonArray errors = (JsonArray) Json.value(((Answer.Whole) with("k1").answer(endpoint("streamGenerateContent", false), "{")).body());

        assertThat(errors.getJsonObject(0).getJsonObject("error").getString("status")).isEqualTo("INVALID_ARGUMENT");
    }

    @Test
    void malformedAndHostileBodiesAreRefusedWithoutACall() {
        with("k1");
        for (String body : new String[] {"", "[]", "null", "{\"a\":1,\"a\":2}", "{\"contents\":" + "[".repeat(5000),
            "{\"x\":\"\u0001\"}"}) {
            Answer answer = gateway.answer(endpoint("generateContent", false), body);
            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(error(answer).getString("status")).isEqualTo("INVALID_ARGUMENT");
        }
        assertThat(gemini.requests()).isEmpty();
    }

    @Test
    void aReplyThatBreaksLateEndsWithGooglesErrorAndInOrder() throws IOException {
        gemini.enqueue(FakeGemini.errorInStreamAfter(1, Refusal.OVERLOADED));

        String events = TestGateway.stream(with("k1").answer(endpoint("streamGenerateContent", true), BODY));

        assertThat(events).contains("\"candidates\"").endsWith("\r\n\r\n").doesNotContain("finishReason");
        String last = events.substring(events.lastIndexOf("data: ") + "data: ".length());
        assertThat(Json.object(last).getJsonObject("error").getInt("code")).isEqualTo(503);
    }

    @Test
    void anArrayThatBreaksLateIsStillAnArray() throws IOException {
        gemini.enqueue(FakeGemini.cutsStreamAfter(1));

        JsonArray array = (JsonArray) Json
                .value(TestGateway.stream(with("k1").answer(endpoint("streamGenerateContent", false), BODY)));

        assertThat(array).hasSize(2);
        assertThat(array.getJsonObject(1).getJsonObject("error").getString("status")).isEqualTo("INTERNAL");
    }

    @Test
    void aStreamWithoutAFinishReasonIsNoCleanEnd() throws IOException {
        gemini.enqueue(FakeGemini.noFinishReason());

        assertThat(TestGateway.stream(with("k1").answer(endpoint("streamGenerateContent", true), BODY))).contains("\"error\"");
    }

    @Test
    void anEmptyReplyIsTriedAgainAndThenPassedOn() throws IOException {
        gemini.enqueue(FakeGemini.emptyAnswer());

        assertThat(TestGateway.stream(with("k1").answer(endpoint("streamGenerateContent", true), BODY))).contains("finishReason");
        assertThat(gemini.requests()).hasSize(2);
    }

    @Test
    void nothingIsSentWhileTheProviderIsSilent() throws IOException {
        CountDownLatch release = new CountDownLatch(1);
        gemini.enqueue(FakeGemini.holdsStreamAfter(1, release));
        gateway = new TestGateway(home, gemini, clock, Map.of("HYDRA_STREAM_HOLD", "20ms", "HYDRA_STREAM_BEAT", "10ms"), "k1");
        Answer answer = gateway.answer(endpoint("streamGenerateContent", true), BODY);
        release.countDown();

        assertThat(TestGateway.stream(answer)).startsWith("data: {").doesNotContain("\r\n\r\n\r\n", ": keep");
    }

    @Test
    void aForeignSignatureIsReplacedByThePlaceholder() {
        gemini.enqueue(FakeGemini.json(400, "{\"error\":{\"code\":400,\"status\":\"INVALID_ARGUMENT\",\"message\":"
                + "\"Function call is missing a thought_signature in functionCall parts.\"}}"));
        String body = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]},{\"role\":\"model\",\"parts\":[{\"functionCall\":"
                + "{\"name\":\"f\",\"args\":{}},\"thought_signature\":\"AAAA\"}]},{\"role\":\"user\",\"parts\":[{\"functionResponse\":"
                + "{\"name\":\"f\",\"response\":{\"output\":1}}}]}],\"tools\":[{\"functionDeclarations\":[{\"name\":\"f\","
                + "\"description\":\"d\"}]}]}";

        assertThat(with("k1").answer(endpoint("generateContent", false), body).status()).isEqualTo(200);

        assertThat(gemini.takeRequest().text()).isEqualTo(body);
        assertThat(gemini.takeRequest().text()).contains("\"thoughtSignature\":\"skip_thought_signature_validator\"")
                .doesNotContain("AAAA");
    }

    @Test
    void otherMethodsPassTheSameWay() {
        Answer counted = with("k1").answer(endpoint("countTokens", false), "{\"contents\":[{\"parts\":[{\"text\":\"Hello\"}]}]}");
        Answer embedded = gateway.answer(
                endpoints.of("gemini-embedding-001", new Passage("v1beta", "embedContent", "", Map.of()), false),
                "{\"content\":{\"parts\":[{\"text\":\"Hello\"}]}}");

        assertThat(TestGateway.json(counted).getInt("totalTokens")).isPositive();
        assertThat(TestGateway.json(embedded).getJsonObject("embedding").getJsonArray("values")).isNotEmpty();
        assertThat(gemini.takeRequest().path()).isEqualTo("/v1/models/gemini-2.5-flash:countTokens");
    }

    @Test
    void aSuffixAddsItsWishToTheBodyAndLeavesTheName() {
        GeminiEndpoint searching = endpoints.of("gemini-2.5-pro-non-thinking-search",
                new Passage("v1beta", "generateContent", "", Map.of()),
                false);

        assertThat(with("k1").answer(searching, BODY).status()).isEqualTo(200);

        RecordedRequest sent = gemini.takeRequest();
        assertThat(sent.path()).isEqualTo("/v1beta/models/gemini-2.5-pro:generateContent");
        assertThat(sent.json().getJsonArray("tools").toString()).isEqualTo("[{\"googleSearch\":{}}]");
        assertThat(sent.json().getJsonObject("generationConfig").getJsonObject("thinkingConfig").getInt("thinkingBudget")).isEqualTo(128);
    }

    @Test
    void aModelsNameCannotChangeTheAddress() {
        with("k1").answer(endpoints.of("x/../../v1/files?a=b#", new Passage("v1beta", "generateContent", "", Map.of()), false), BODY);

        assertThat(gemini.takeRequest().path()).isEqualTo("/v1beta/models/x%2F%2E%2E%2F%2E%2E%2Fv1%2Ffiles%3Fa%3Db%23:generateContent");
    }
}
