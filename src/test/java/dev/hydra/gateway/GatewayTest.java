package dev.hydra.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.hydra.demo.Refusal;
import dev.hydra.support.FakeGemini;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GatewayTest extends WithGateway {
    @Test
    void aWholeAnswerNamesTheModelThatWasAskedForAndItsRequest() {
        gemini.enqueue(FakeGemini.says("Good ", "day"));

        Answer answer = with("k1").answer(WHOLE.replace("gemini-2.5-flash", "models/gemini-2.5-flash"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(text(TestGateway.json(answer))).isEqualTo("Good day");
        assertThat(TestGateway.json(answer).getString("model")).isEqualTo("models/gemini-2.5-flash");
        assertThat(answer.headers()).containsEntry("x-request-id", gateway.finished.get(0).id()).containsEntry("Hydra-Model",
                "gemini-2.5-flash");
        assertThat(gemini.takeRequest().path()).endsWith("/v1beta/models/gemini-2.5-flash:generateContent");
    }

    @Test
    void aUsedUpQuotaMovesTheRequestToTheNextKey() {
        gemini.failKey("k1", FakeGemini.tooManyRequests(Duration.ofSeconds(30)));

        Answer answer = with("k1", "k2").answer(WHOLE);
        gateway.answer(WHOLE);
        gateway.answer(WHOLE);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(gemini.requests().stream().filter(request -> request.header("x-goog-api-key").equals(java.util.Optional.of("k1"))))
                .hasSizeLessThanOrEqualTo(1);
        assertThat(gateway.finished).allSatisfy(exchange -> assertThat(exchange.status()).isEqualTo(200));
    }

    @Test
    void whenEveryKeyRestsTheClientIsToldWhenToComeBack() {
        gemini.failKey("k1", FakeGemini.tooManyRequests(Duration.ofSeconds(30))).failKey("k2",
                FakeGemini.tooManyRequests(Duration.ofSeconds(20)));

        Answer answer = with("k1", "k2").answer(WHOLE);

        assertThat(answer.status()).isEqualTo(429);
        assertThat(error(answer).getString("code")).isEqualTo("rate_limit_exceeded");
        assertThat(Long.parseLong(answer.headers().get("Retry-After"))).isBetween(20L, 22L);
        assertThat(gemini.requests()).hasSize(2);
        gateway.answer(WHOLE);
        assertThat(gemini.requests()).as("resting keys are not asked").isEmpty();
    }

    @Test
    void aUsedUpDayIsInsufficientQuota() {
        gemini.failKey("k1", FakeGemini.dayUsedUp());

        Answer answer = with("k1").answer(WHOLE);

        assertThat(answer.status()).isEqualTo(429);
        assertThat(error(answer).getString("code")).isEqualTo("insufficient_quota");
    }

    @Test
    void aRefusedKeyIsNotTheClientsFault() {
        gemini.failKey("k1", FakeGemini.keyLeaked());

        Answer first = with("k1").answer(WHOLE);
        Answer second = gateway.answer(WHOLE);

        assertThat(first.status()).isEqualTo(503);
        assertThat(second.status()).isEqualTo(503);
        assertThat(gemini.requests()).as("a leaked key is not asked again").hasSize(1);
    }

    @Test
    void aKeyThatIsRefusedWhereAnotherServesIsPausedAfterThree() {
        gemini.failKey("k1", FakeGemini.json(403, "{\"error\":{\"code\":403,\"message\":\"No.\",\"status\":\"PERMISSION_DENIED\"}}"));
        with("k1", "k2");
        for (int i = 0; i < 3; i++) {
            assertThat(gateway.answer(WHOLE).status()).isEqualTo(200);
        }
        gemini.requests();
        assertThat(gateway.answer(WHOLE).status()).isEqualTo(200);
        assertThat(gemini.requests()).as("a paused key is not asked").hasSize(1);
    }

    @Test
    void whatEveryKeyRefusesBlamesNone() {
        gemini.failModel("gemini-2.5-flash", FakeGemini.json(403, "{\"error\":{\"code\":403,\"message\":\"The video is private.\"}}"));
        with("k1", "k2");
        for (int i = 0; i < 4; i++) {
            gateway.answer(WHOLE);
        }
        gemini.api().repairModel("gemini-2.5-flash");
        assertThat(gateway.answer(WHOLE).status()).isEqualTo(200);
    }

    @Test
    void anErrorThatEchoesTheKeyIsRedacted() {
        gemini.failKey("very-secret-key-0123456789", FakeGemini.keySuspended());

        Answer answer = with("very-secret-key-0123456789").answer(WHOLE);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(TestGateway.json(answer).toString()).doesNotContain("very-secret");
        assertThat(gateway.finished.get(0).failure()).doesNotContain("very-secret");
    }

    @Test
    void overloadIsWaitedForAndBlamesNoKey() {
        gemini.enqueue(FakeGemini.overloaded(), FakeGemini.overloaded());

        Answer answer = with("k1").answer(WHOLE);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(gateway.slept).hasSize(2)
                .allSatisfy(pause -> assertThat(pause).isBetween(Duration.ofMillis(500), Duration.ofSeconds(4)));
        assertThat(verdicts()).containsExactly("overloaded", "overloaded", "accepted");
    }

    @Test
    void lastingOverloadIsA503() {
        gemini.failKey("k1", FakeGemini.overloaded());

        Answer answer = with("k1").answer(WHOLE);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(error(answer).getString("code")).isEqualTo("overloaded");
        assertThat(gemini.requests()).hasSize(4);
    }

    @Test
    void anInnerErrorOfTheProviderIsTriedAgain() {
        gemini.enqueue(FakeGemini.internalError());

        assertThat(with("k1", "k2").answer(WHOLE).status()).isEqualTo(200);
        assertThat(verdicts()).containsExactly("provider error", "accepted");
    }

    @Test
    void aRequestWhoseConnectionIsCutIsSentAgain() {
        gemini.enqueue(FakeGemini.disconnects());

        assertThat(with("k1", "k2").answer(WHOLE).status()).isEqualTo(200);
        assertThat(verdicts()).as("the first connection is a new one, so that nothing below repeats the call")
                .containsExactly("unusable", "accepted");
    }

    @Test
    void aBadRequestIsNeverTriedWithAnotherKey() {
        gemini.enqueue(Refusal.UNKNOWN_FIELD);

        Answer answer = with("k1", "k2", "k3").answer(WHOLE);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(error(answer).getString("type")).isEqualTo("invalid_request_error");
        assertThat(gemini.requests()).hasSize(1);
        assertThat(gateway.answer(WHOLE).status()).isEqualTo(200);
    }

    @Test
    void aBlockedPromptIsAnAnswerAndNotTriedAgain() {
        gemini.enqueue(FakeGemini.blockedPrompt());

        JsonObject reply = TestGateway.json(with("k1", "k2").answer(WHOLE));

        assertThat(reply.getJsonArray("choices").getJsonObject(0).getString("finish_reason")).isEqualTo("content_filter");
        assertThat(gemini.requests()).hasSize(1);
    }

    @Test
    void withoutKeysTheAnswerSaysHowToAddOne() {
        Answer answer = with().answer(WHOLE);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(error(answer).getString("message")).contains("hydra");
    }

    @Test
    void aCallsSignatureIsRememberedForClientsThatDropIt() {
        String head = "{\"model\":\"gemini-3-flash-preview\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"now\"}}],";
        JsonObject asked = TestGateway
                .json(with("k1").answer(head + "\"tool_choice\":\"required\",\"messages\":[{\"role\":\"user\",\"content\":\"Time?\"}]}"));
        JsonObject call = asked.getJsonArray("choices").getJsonObject(0).getJsonObject("message").getJsonArray("tool_calls")
                .getJsonObject(0);
        String signature = call.getJsonObject("extra_content").getJsonObject("google").getString("thought_signature");
        gemini.takeRequest();

        Answer answer = gateway
                .answer(head + "\"messages\":[{\"role\":\"user\",\"content\":\"Time?\"},{\"role\":\"assistant\",\"content\":null,"
                        + "\"tool_calls\":[{\"id\":\"" + call.getString("id")
                        + "\",\"type\":\"function\",\"function\":{\"name\":\"now\",\"arguments\":\"{}\"}}]},"
                        + "{\"role\":\"tool\",\"tool_call_id\":\"" + call.getString("id") + "\",\"content\":\"12:00\"}]}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(gemini.takeRequest().text()).contains(signature);
    }

    @Test
    void aFieldThatCannotBeCarriedIsListedOrInStrictModeRefused() {
        String biased = WHOLE.replace("\"messages\"", "\"logit_bias\":{\"1\":2},\"messages\"");
        Answer listed = with("k1").answer(biased);
        gateway.close();
        gateway = new TestGateway(home, gemini, clock, Map.of("HYDRA_STRICT", "true"), "k1");
        Answer refused = gateway.answer(biased);

        assertThat(listed.headers().get("Hydra-Ignored")).contains("logit_bias");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(error(refused).getString("param")).isEqualTo("logit_bias");
    }

    @Test
    void anImageIsFetchedAndSentInlineAndAPrivateAddressIsRefused() throws IOException {
        byte[] png = HexFormat.of().parseHex("89504e470d0a1a0a0000000d4948445200000001000000010806000000");
        HttpServer pictures = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        pictures.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, png.length);
            exchange.getResponseBody().write(png);
            exchange.close();
        });
        pictures.start();
        String body = "{\"model\":\"gemini-2.5-flash\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"What?\"},"
                + "{\"type\":\"image_url\","
                + "\"image_url\":{\"url\":\"http://127.0.0.1:" + pictures.getAddress().getPort() + "/a.jpg?sig=secret\"}}]}]}";
        try {
            Answer refused = with("k1").answer(body);
            gateway.close();
            gateway = new TestGateway(home, gemini, clock, Map.of("HYDRA_MEDIA_ALLOW", "127.0.0.0/8"), "k1");
            Answer taken = gateway.answer(body);

            assertThat(refused.status()).isEqualTo(400);
            assertThat(error(refused).getString("message")).doesNotContain("secret");
            assertThat(taken.status()).isEqualTo(200);
            assertThat(gemini.takeRequest().text()).contains("image/png").contains(Base64.getEncoder().encodeToString(png));
        } finally {
            pictures.stop(0);
        }
    }

    @Test
    void aForeignSignatureIsReplacedByThePlaceholderInsteadOfEndingTheConversation() {
        String body = "{\"model\":\"gemini-3-flash-preview\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"now\"}}],"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"Time?\"},{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c1\","
                + "\"type\":\"function\",\"function\":{\"name\":\"now\",\"arguments\":\"{}\"},\"extra_content\":{\"google\":"
                + "{\"thought_signature\":\"Zm9yZWlnbg==\"}}}]},{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"12:00\"}]}";

        Answer answer = with("k1").answer(body);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(gemini.takeRequest().text()).contains("Zm9yZWlnbg==");
        assertThat(gemini.takeRequest().text()).doesNotContain("Zm9yZWlnbg==").contains("skip_thought_signature_validator");
    }

    @Test
    void aMissingModelIsAskedOfOneMoreKeyAndNotOfAll() {
        gemini.failModel("gemini-9-nano", Refusal.MODEL_NOT_FOUND);

        Answer answer = with("k1", "k2", "k3", "k4", "k5").answer(WHOLE.replace("gemini-2.5-flash", "gemini-9-nano"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(gemini.requests()).hasSize(2);
    }

    @Test
    void aTimeoutOfTheProviderIsNotPaidForAgain() {
        CountDownLatch never = new CountDownLatch(1);
        gemini.enqueue(FakeGemini.holdsHeaders(never), FakeGemini.holdsHeaders(never), FakeGemini.holdsHeaders(never));
        gateway = new TestGateway(home, gemini, clock, Map.of("HYDRA_TIMEOUT_WHOLE", "1s"), "k1", "k2", "k3");

        assertThat(gateway.answer(WHOLE).status()).isEqualTo(504);
        assertThat(verdicts()).hasSize(1);
        never.countDown();
    }

    @Test
    void textBeforeAMalformedCallIsNoAnswerWhileNothingHasGoneOut() {
        gemini.enqueue(FakeGemini.events("{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"Let me look.\"}]},"
                + "\"finishReason\":\"MALFORMED_FUNCTION_CALL\",\"index\":0}]}"), FakeGemini.says("Found it."));

        JsonObject reply = TestGateway.json(with("k1").answer(WHOLE));

        assertThat(text(reply)).isEqualTo("Found it.");
    }

    @Test
    void manyOrLongNamesOfUnknownFieldsDoNotFillTheHeader() {
        String many = IntStream.range(0, 20_000).mapToObj(i -> "\"unknown_" + i + "\":1,").collect(Collectors.joining());
        String body = WHOLE.replace("\"messages\"", many + "\"" + "y".repeat(20_000) + "\":1,\"messages\"");

        Answer answer = with("k1").answer(body);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().get("Hydra-Ignored")).hasSizeLessThanOrEqualTo(2_000);
    }
}
