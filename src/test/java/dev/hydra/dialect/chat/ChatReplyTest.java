package dev.hydra.dialect.chat;

import static dev.hydra.dialect.chat.Chats.HEAD;
import static dev.hydra.dialect.chat.Chats.chunks;
import static dev.hydra.dialect.chat.Chats.stream;
import static dev.hydra.dialect.chat.Chats.whole;
import static dev.hydra.dialect.chat.Chats.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydra.conversation.FinishReason;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.ReplyEvent;
import dev.hydra.conversation.ReplyEvent.CallArguments;
import dev.hydra.conversation.ReplyEvent.CallStarted;
import dev.hydra.conversation.ReplyEvent.Cited;
import dev.hydra.conversation.ReplyEvent.Finished;
import dev.hydra.conversation.ReplyEvent.ForeignMade;
import dev.hydra.conversation.ReplyEvent.MediaMade;
import dev.hydra.conversation.ReplyEvent.Refused;
import dev.hydra.conversation.ReplyEvent.Started;
import dev.hydra.conversation.ReplyEvent.TextDelta;
import dev.hydra.conversation.ReplyEvent.ThoughtDelta;
import dev.hydra.conversation.ReplyEvent.UsageReported;
import dev.hydra.conversation.Seal;
import dev.hydra.conversation.Usage;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.ReplyHead;
import dev.hydra.dialect.ReplyWriter;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChatReplyTest {
    private static final String USAGE = "'stream_options':{'include_usage':true}";
    private static final Finished STOP = new Finished(0, FinishReason.STOP, "");

    private static TextDelta text(String text) {
        return new TextDelta(0, text, Seal.NONE);
    }

    private static JsonObject message(JsonObject completion) {
        return completion.getJsonArray("choices").getJsonObject(0).getJsonObject("message");
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = ChatReplyTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @EnumSource(Replies.class)
    void wholeRepliesAreAsRecorded(Replies reply) throws IOException {
        JsonObject written = whole(with(reply.fields()), reply.events());
        assertThat(written).isEqualTo(Json.object(golden(reply.file() + ".whole.json")));
    }

    @ParameterizedTest
    @EnumSource(Replies.class)
    void streamsAreAsRecorded(Replies reply) throws IOException {
        assertThat(stream(with(reply.fields()), reply.events())).isEqualTo(golden(reply.file() + ".stream.txt"));
    }

    @ParameterizedTest
    @EnumSource(Replies.class)
    void aStreamPutTogetherIsTheWholeReply(Replies reply) {
        ClientRequest request = with(reply.fields());
        assertThat(StreamFold.completion(chunks(request, reply.events()))).isEqualTo(whole(request, reply.events()));
    }

    @Test
    void withoutAskingNoChunkSpeaksOfUsage() {
        assertThat(stream(with("'stream':true"), Replies.TEXT.events())).doesNotContain("usage").endsWith("data: [DONE]\n\n");
    }

    @Test
    void usageComesLastAndIsNullBefore() {
        List<JsonObject> chunks = chunks(with(USAGE), Replies.TEXT.events());
        assertThat(chunks.subList(0, chunks.size() - 1)).allSatisfy(chunk -> assertThat(chunk.get("usage")).isEqualTo(JsonValue.NULL));
        assertThat(chunks.getLast().getJsonArray("choices")).isEmpty();
        assertThat(chunks.getLast().getJsonObject("usage").getInt("total_tokens")).isEqualTo(30);
    }

    @Test
    void withoutAnIdOfTheProviderTheRequestsIdServes() {
        assertThat(whole(with(""), List.of(text("a"), STOP)).getString("id")).isEqualTo("chatcmpl-req-1");
        assertThat(chunks(with(""), List.of(text("a"), STOP))).allSatisfy(chunk -> assertThat(chunk.getString("id"))
                .isEqualTo("chatcmpl-req-1"));
    }

    @Test
    void createdIsNeverZero() throws IOException {
        ReplyHead head = new ReplyHead("r", "m", Instant.EPOCH);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ReplyWriter writer = with("").stream(head);
        writer.write(text("a"), out);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"created\":1,");
    }

    @Test
    void thoughtsAreHeldBackWhenTheClientDoesNotWantThem() {
        ClientRequest request = with("'reasoning':{'effort':'low','exclude':true}");
        List<ReplyEvent> events = List.of(new ThoughtDelta(0, "hmm", Seal.NONE), text("a"), STOP);
        assertThat(message(whole(request, events))).doesNotContainKey("reasoning_content");
        assertThat(stream(request, events)).doesNotContain("hmm");
    }

    @Test
    void hugeBase64AndOddCharactersAreWrittenRightly() {
        String large = "QUJD".repeat(20_000);
        String odd = "\u0000\u001f\"\\\b\n\r\t\u007f\u00e4\u20ac\ud83d\ude00\u2028".repeat(999);
        List<ReplyEvent> events = List.of(text(odd), new MediaMade(0, "image/png", large, Seal.NONE), STOP);
        JsonObject message = message(whole(with(""), events));
        assertThat(message.getString("content")).isEqualTo(odd);
        assertThat(message.getJsonArray("images").getJsonObject(0).getJsonObject("image_url").getString("url"))
                .isEqualTo("data:image/png;base64," + large);
        assertThat(StreamFold.completion(chunks(with(USAGE), events))).isEqualTo(whole(with(USAGE), events));
    }

    @Test
    void halvesOfACharacterThatTheProviderCutAreJoinedByTheClient() {
        List<ReplyEvent> events = List.of(text("a\ud83d"), text("\ude00b"), STOP);
        assertThat(stream(with(""), events)).contains("a\\ud83d").contains("\\ude00b");
    }

    @Test
    void samplesBecomeAWavFileUnlessBareOnesAreWanted() {
        String four = Base64.getEncoder().encodeToString(new byte[] {1, 2, 3, 4});
        List<ReplyEvent> events = List.of(new MediaMade(0, "audio/L16;codec=pcm;rate=16000", four, Seal.NONE),
                new MediaMade(0, "audio/L16;codec=pcm;rate=16000", four, Seal.NONE), STOP);
        byte[] wav = Base64.getDecoder().decode(message(whole(with("'audio':{'format':'wav'}"), events)).getJsonObject("audio")
                .getString("data"));
        assertThat(new String(wav, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("RIFF");
        assertThat(wav).hasSize(44 + 8).endsWith(1, 2, 3, 4, 1, 2, 3, 4);
        assertThat(wav[24] & 0xFF | (wav[25] & 0xFF) << 8).isEqualTo(16_000);
        byte[] bare = Base64.getDecoder().decode(message(whole(with("'audio':{'format':'pcm16'}"), events)).getJsonObject("audio")
                .getString("data"));
        assertThat(bare).containsExactly(1, 2, 3, 4, 1, 2, 3, 4);
        assertThat(stream(with(""), events)).contains("\"audio\":{\"id\":\"audio_req-1\",\"data\":\"" + four + "\"}");
    }

    @Test
    void fencesAreLongerThanThoseInsideTheCode() {
        JsonObject code = Json.objectBuilder().add("executableCode", Json.objectBuilder().add("language", "PYTHON")
                .add("code", "s = '```'")).build();
        List<ReplyEvent> events = List.of(new ForeignMade(0, new Part.Foreign("gemini", code), Seal.NONE), STOP);
        assertThat(message(whole(with(""), events)).getString("content")).isEqualTo("````python\ns = '```'\n````\n");
    }

    @Test
    void citationsCountTheBlocksBeforeThem() {
        JsonObject code = Json.object("{\"codeExecutionResult\":{\"outcome\":\"OUTCOME_OK\",\"output\":\"4\"}}");
        List<ReplyEvent> events = List.of(text("\ud83d\ude00 first. "), new ForeignMade(0, new Part.Foreign("gemini", code), Seal.NONE),
                text("second."), new Cited(0, 2, 8, "u1", "t"), new Cited(0, 9, 16, "u2", "t"), new Cited(0, 0, 0, "u3", "t"), STOP);
        JsonObject message = message(whole(with(""), events));
        int[] points = message.getString("content").codePoints().toArray();
        List<String> cut = message.getJsonArray("annotations").getValuesAs(JsonObject.class).stream()
                .map(each -> each.getJsonObject("url_citation"))
                .map(each -> new String(points, each.getInt("start_index"), each.getInt("end_index") - each.getInt("start_index")))
                .toList();
        assertThat(cut).containsExactly("first.", "second.", "");
    }

    @ParameterizedTest
    @CsvSource({"STOP,stop,tool_calls", "LENGTH,length,length", "FILTERED,content_filter,content_filter", "OTHER,stop,tool_calls",
        "MALFORMED_CALL,stop,tool_calls"})
    void finishReasons(FinishReason reason, String plain, String withCalls) {
        assertThat(chunks(with(""), List.of(text("a"), new Finished(0, reason, ""))).getLast().getJsonArray("choices").getJsonObject(0)
                .getString("finish_reason")).isEqualTo(plain);
        assertThat(whole(with(""), List.of(new CallStarted(0, 0, "c", "f", Seal.NONE), new CallArguments(0, 0, "{}"),
                new Finished(0, reason, "")))
                .getJsonArray("choices").getJsonObject(0).getString("finish_reason")).isEqualTo(withCalls);
    }

    @Test
    void aReplyThatWasCutIsNeverEnded() throws IOException {
        for (boolean streamed : new boolean[] {true, false}) {
            ReplyWriter writer = streamed ? with("").stream(HEAD) : with("").whole(HEAD);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            writer.write(text("half"), out);
            assertThatThrownBy(() -> writer.end(out)).isInstanceOf(IllegalStateException.class);
            assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("[DONE]").doesNotContain("\"stop\"");
        }
    }

    @Test
    void aFailureAfterTheFirstBytesIsAFrameAndNoEnd() throws IOException {
        ReplyWriter writer = with(USAGE).stream(HEAD);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.write(text("half"), out);
        writer.fail(Failure.of(Failure.Kind.PROVIDER_ERROR, "gone"), "req", out);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .endsWith("data: {\"error\":{\"message\":\"gone\",\"type\":\"server_error\",\"param\":null,\"code\":null}}\n\n")
                .doesNotContain("[DONE]");
    }

    @Test
    void aLaterCountOfTokensReplacesAnEarlierOne() {
        List<ReplyEvent> events = List.of(new UsageReported(new Usage(5, 0, 1, 0, 6, Usage.Modalities.NONE, Usage.Modalities.NONE), ""),
                text("a"),
                new UsageReported(new Usage(5, 1, 7, 2, 12, Usage.Modalities.NONE, Usage.Modalities.NONE), "flex"), STOP);
        JsonObject completion = whole(with(""), events);
        assertThat(completion.getJsonObject("usage").getInt("completion_tokens")).isEqualTo(7);
        assertThat(completion.getString("service_tier")).isEqualTo("flex");
    }

    @Test
    void aRefusedPromptIsAFilteredChoiceWithTheReason() {
        List<ReplyEvent> events = List.of(new Started("r", "v"), new Refused("PROHIBITED_CONTENT", ""));
        JsonObject choice = whole(with(""), events).getJsonArray("choices").getJsonObject(0);
        assertThat(choice.getString("finish_reason")).isEqualTo("content_filter");
        assertThat(choice.getJsonObject("message").getString("refusal")).contains("PROHIBITED_CONTENT");
        assertThat(choice.getJsonObject("message").getString("content")).isEmpty();
    }
}
