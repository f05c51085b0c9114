package dev.hydra.dialect.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydra.conversation.FinishReason;
import dev.hydra.conversation.ReplyEvent;
import dev.hydra.conversation.Seal;
import dev.hydra.conversation.Usage;
import dev.hydra.conversation.Usage.Modalities;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.Failure.Kind;
import dev.hydra.dialect.ReplyHead;
import dev.hydra.wire.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeminiReplyWriterTest {
    private static final ReplyHead HEAD = new ReplyHead("req-1", "my-model", Instant.EPOCH);
    private static final List<ReplyEvent> REPLY = List.of(
            new ReplyEvent.Started("chatcmpl-7", "gpt-9"),
            new ReplyEvent.ThoughtDelta(0, "Hm", Seal.NONE),
            new ReplyEvent.TextDelta(0, "Grüß ", Seal.NONE),
            new ReplyEvent.TextDelta(0, "Gott", Seal.NONE),
            new ReplyEvent.CallStarted(0, 0, "call_1", "get_weather", Seal.NONE),
            new ReplyEvent.CallArguments(0, 0, "{\"city\":"),
            new ReplyEvent.CallArguments(0, 0, "\"Oslo\"}"),
            new ReplyEvent.CallStarted(0, 1, "call_2", "now", Seal.NONE),
            new ReplyEvent.Cited(0, 6, 10, "https://a.example", "A"),
            new ReplyEvent.Logprobs(0, List.of(new ReplyEvent.TokenLogprob("Gott", -0.5, List.of()))),
            new ReplyEvent.Finished(0, FinishReason.STOP, ""),
            new ReplyEvent.UsageReported(new Usage(10, 4, 9, 5, 19, Modalities.NONE, Modalities.NONE), ""));

    private static String written(Framing framing, List<ReplyEvent> events) throws IOException {
        GeminiReplyWriter writer = new GeminiReplyWriter(framing, HEAD);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ReplyEvent event : events) {
            writer.write(event, out);
        }
        writer.end(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aWholeReply() throws IOException {
        JsonObject reply = Json.object(written(Framing.WHOLE, REPLY));

        assertThat(reply.getString("responseId")).isEqualTo("chatcmpl-7");
        assertThat(reply.getString("modelVersion")).isEqualTo("my-model");
        assertThat(reply.getJsonObject("usageMetadata").toString()).isEqualTo("{\"promptTokenCount\":10,\"cachedContentTokenCount\":4,"
                + "\"candidatesTokenCount\":4,\"thoughtsTokenCount\":5,\"totalTokenCount\":19}");
        JsonObject candidate = reply.getJsonArray("candidates").getJsonObject(0);
        assertThat(candidate.getString("finishReason")).isEqualTo("STOP");
        assertThat(candidate.getJsonObject("content").getJsonArray("parts").toString()).isEqualTo("[{\"text\":\"Hm\",\"thought\":true},"
                + "{\"text\":\"Grüß Gott\"},{\"functionCall\":{\"id\":\"call_1\",\"name\":\"get_weather\",\"args\":{\"city\":\"Oslo\"}}},"
                + "{\"functionCall\":{\"id\":\"call_2\",\"name\":\"now\",\"args\":{}}}]");
        assertThat(candidate.getJsonObject("groundingMetadata").getJsonArray("groundingSupports").getJsonObject(0)
                .getJsonObject("segment").toString()).isEqualTo("{\"startIndex\":8,\"endIndex\":11,\"text\":\"ott\"}");
        assertThat(candidate.getJsonObject("logprobsResult").getJsonArray("chosenCandidates").getJsonObject(0).getString("token"))
                .isEqualTo("Gott");
    }

    @Test
    void aStreamHasTheSamePartsAndOneFinishReason() throws IOException {
        String events = written(Framing.EVENTS, REPLY);

        assertThat(events).endsWith("\r\n\r\n").doesNotContain("[DONE]");
        List<String> frames = List.of(events.split("\r\n\r\n"));
        assertThat(frames).allMatch(frame -> frame.startsWith("data: {"));
        assertThat(frames.stream().filter(frame -> frame.contains("finishReason"))).containsExactly(frames.getLast());
        StringBuilder text = new StringBuilder();
        frames.forEach(frame -> Json.object(frame.substring(6)).getJsonArray("candidates").getJsonObject(0).getJsonObject("content")
                .getJsonArray("parts").forEach(part -> text.append(part.asJsonObject().containsKey("thought") ? ""
                        : part.asJsonObject().getString("text", ""))));
        assertThat(text).hasToString("Grüß Gott");
    }

    @Test
    void anArrayIsOneDocument() throws IOException {
        assertThat((JsonArray) Json.value(written(Framing.ARRAY, REPLY))).hasSizeGreaterThan(3);
    }

    @Test
    void aRefusedPromptHasNoCandidates() throws IOException {
        JsonObject reply = Json.object(written(Framing.WHOLE, List.of(new ReplyEvent.Refused("content_filter", ""))));

        assertThat(reply.getJsonObject("promptFeedback").getString("blockReason")).isEqualTo("SAFETY");
        assertThat(reply).doesNotContainKey("candidates");
    }

    @Test
    void aReplyThatWasCutIsNoReply() {
        assertThatThrownBy(() -> written(Framing.EVENTS, List.of(new ReplyEvent.TextDelta(0, "Half", Seal.NONE))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void originalsArePassedOnAndWhatTheyMeanIsLeftOut() throws IOException {
        List<ReplyEvent> events = new ArrayList<>();
        events.add(new ReplyEvent.Original("{ }".getBytes(StandardCharsets.UTF_8)));
        events.addAll(REPLY);

        assertThat(written(Framing.EVENTS, events)).isEqualTo("data: { }\r\n\r\n");
        assertThat(written(Framing.ARRAY, events)).isEqualTo("[{ }]");
        assertThat(written(Framing.WHOLE, events)).isEqualTo("{ }");
    }

    @Test
    void aFailureEndsAnArrayThatHasNotBegunToo() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new GeminiReplyWriter(Framing.ARRAY, HEAD).fail(Failure.of(Kind.OVERLOADED, "Busy."), "req-1", out);

        JsonObject error = ((JsonArray) Json.value(out.toString(StandardCharsets.UTF_8))).getJsonObject(0).getJsonObject("error");
        assertThat(error.getString("status")).isEqualTo("UNAVAILABLE");
        assertThat(error.getInt("code")).isEqualTo(503);
    }

    @Test
    void argumentsThatAreNoObjectAreKept() throws IOException {
        JsonObject reply = Json.object(written(Framing.WHOLE, List.of(new ReplyEvent.CallStarted(0, 0, "c", "f", Seal.NONE),
                new ReplyEvent.CallArguments(0, 0, "plain"), new ReplyEvent.Finished(0, FinishReason.STOP, ""))));

        assertThat(reply.toString()).contains("\"args\":{\"input\":\"plain\"}");
    }
}
