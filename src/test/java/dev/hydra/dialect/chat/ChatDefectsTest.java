package dev.hydra.dialect.chat;

import static dev.hydra.dialect.chat.Chats.HEAD;
import static dev.hydra.dialect.chat.Chats.chunks;
import static dev.hydra.dialect.chat.Chats.messages;
import static dev.hydra.dialect.chat.Chats.stream;
import static dev.hydra.dialect.chat.Chats.whole;
import static dev.hydra.dialect.chat.Chats.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hydra.conversation.FinishReason;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.ReplyEvent;
import dev.hydra.conversation.ReplyEvent.CallArguments;
import dev.hydra.conversation.ReplyEvent.CallStarted;
import dev.hydra.conversation.ReplyEvent.Finished;
import dev.hydra.conversation.ReplyEvent.Refused;
import dev.hydra.conversation.ReplyEvent.Started;
import dev.hydra.conversation.ReplyEvent.TextDelta;
import dev.hydra.conversation.ReplyEvent.ThoughtDelta;
import dev.hydra.conversation.ReplyEvent.UsageReported;
import dev.hydra.conversation.Seal;
import dev.hydra.conversation.Turn;
import dev.hydra.conversation.Usage;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.dialect.ReplyWriter;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What other gateways got wrong in this format; the numbers are those of the list of known defects (spec defects §2–6, §9). */
class ChatDefectsTest {
    private static final Finished STOP = new Finished(0, FinishReason.STOP, "");
    private static final Usage USAGE = new Usage(12, 4, 30, 20, 42, Usage.Modalities.NONE, Usage.Modalities.NONE);
    private static final String WANT_USAGE = "'stream_options':{'include_usage':true}";

    private static TextDelta text(String text) {
        return new TextDelta(0, text, Seal.NONE);
    }

    private static List<ReplyEvent> twoCalls() {
        return List.of(text("a"), new CallStarted(0, 0, "call_x", "f", Seal.gemini("c2ln")), new CallArguments(0, 0, "{\"n\":1}"),
                new CallStarted(0, 1, "call_y", "f", Seal.NONE), new CallArguments(0, 1, "{\"n\":2}"), text(""), STOP);
    }

    private static JsonObject choice(JsonObject completion) {
        return completion.getJsonArray("choices").getJsonObject(0);
    }

    private static List<JsonValue> ends(List<JsonObject> chunks) {
        return chunks.stream().filter(chunk -> !chunk.getJsonArray("choices").isEmpty()).map(chunk -> choice(chunk).get("finish_reason"))
                .toList();
    }

    @Test
    @DisplayName("1: a signature goes to the client with its call and comes back from it, streamed or not")
    void defect1() {
        JsonObject call = choice(StreamFold.completion(chunks(with(""), twoCalls()))).getJsonObject("message").getJsonArray("tool_calls")
                .getJsonObject(0);
        assertThat(call.getJsonObject("extra_content").getJsonObject("google").getString("thought_signature")).isEqualTo("c2ln");
        Part back = messages("{\"role\":\"assistant\",\"tool_calls\":[" + call + "]}").turns().getFirst().parts().getFirst();
        assertThat(back).extracting("seal").isEqualTo(Seal.gemini("c2ln"));
    }

    @Test
    @DisplayName("2: a streamed tool call ends with tool_calls, whatever the provider says after it")
    void defect2() {
        assertThat(ends(chunks(with(""), twoCalls())).getLast()).hasToString("\"tool_calls\"");
    }

    @Test
    @DisplayName("3, 4: the finish reason stands in one chunk, the last of its choice, and is null before")
    void defects3and4() {
        List<ReplyEvent> repeated = List.of(text("a"), text("b"), STOP, STOP);
        List<JsonValue> ends = ends(chunks(with(""), repeated));
        assertThat(ends.getLast()).hasToString("\"stop\"");
        assertThat(ends.subList(0, ends.size() - 1)).isNotEmpty().allMatch(end -> end == JsonValue.NULL);
    }

    @Test
    @DisplayName("5, 6: whole and streamed replies both end with one of OpenAI's lower-case reasons")
    void defects5and6() {
        for (FinishReason reason : FinishReason.values()) {
            List<ReplyEvent> events = List.of(text("a"), new Finished(0, reason, "why"));
            String end = choice(whole(with(""), events)).getString("finish_reason");
            assertThat(end).isIn(Set.of("stop", "length", "content_filter"));
            assertThat(ends(chunks(with(""), events)).getLast()).hasToString("\"" + end + "\"");
        }
    }

    @Test
    @DisplayName("7: a cut answer says length, a filtered one content_filter; a malformed call is explained")
    void defect7() {
        assertThat(choice(whole(with(""), List.of(text("a"), new Finished(0, FinishReason.LENGTH, "")))).getString("finish_reason"))
                .isEqualTo("length");
        assertThat(choice(whole(with(""), List.of(new Finished(0, FinishReason.FILTERED, "")))).getString("finish_reason"))
                .isEqualTo("content_filter");
        assertThat(stream(with(""), List.of(new Finished(0, FinishReason.MALFORMED_CALL, "bad call: f(")))).contains("bad call: f(");
    }

    @Test
    @DisplayName("8: parallel calls have a running index and ids of their own, so their arguments never mix")
    void defect8() {
        JsonObject message = choice(StreamFold.completion(chunks(with(""), twoCalls()))).getJsonObject("message");
        List<JsonObject> calls = message.getJsonArray("tool_calls").getValuesAs(JsonObject.class);
        assertThat(calls).extracting(call -> call.getString("id")).containsExactly("call_x", "call_y");
        assertThat(calls).extracting(call -> call.getJsonObject("function").getString("arguments")).containsExactly("{\"n\":1}",
                "{\"n\":2}");
    }

    @Test
    @DisplayName("9: a failure in the middle is an error event and no [DONE]")
    void defect9() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ReplyWriter writer = with("").stream(HEAD);
        writer.write(text("a"), out);
        writer.fail(Failure.of(Failure.Kind.OVERLOADED, "busy"), "req", out);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("data: {\"error\":{").doesNotContain("[DONE]");
    }

    @Test
    @DisplayName("10, 11: every call of a message and every result is read, in order")
    void defects10and11() {
        List<Turn> turns = messages("""
                {'role':'assistant','tool_calls':[{'id':'a','function':{'name':'f','arguments':'{}'}},
                {'id':'b','function':{'name':'g','arguments':'{}'}}]},
                {'role':'tool','tool_call_id':'b','content':'2'},{'role':'tool','tool_call_id':'a','content':'1'}""").turns();
        assertThat(turns.getFirst().parts()).extracting("name").containsExactly("f", "g");
        assertThat(turns.subList(1, 3)).flatExtracting(Turn::parts).extracting("name").containsExactly("g", "f");
    }

    @Test
    @DisplayName("16: a tool's result is never read as a schema")
    void defect16() {
        String result = "{\\\"$ref\\\":\\\"#/x\\\",\\\"error\\\":1}";
        Part.ToolResult part = (Part.ToolResult) Chats.request(
                "{\"model\":\"m\",\"messages\":[{\"role\":\"tool\",\"tool_call_id\":\"a\",\"content\":\"" + result
                        + "\"}]}")
                .conversation().turns().getFirst().parts().getFirst();
        assertThat(part.content()).containsExactly(new Part.Text("{\"$ref\":\"#/x\",\"error\":1}"));
    }

    @Test
    @DisplayName("18: cached tokens are part of the prompt, thoughts part of the completion, the total is the provider's")
    void defect18() {
        JsonObject usage = whole(with(""), List.of(text("a"), new UsageReported(USAGE, ""), STOP)).getJsonObject("usage");
        assertThat(usage.getInt("prompt_tokens")).isEqualTo(12);
        assertThat(usage.getInt("completion_tokens")).isEqualTo(30);
        assertThat(usage.getInt("total_tokens")).isEqualTo(42);
        assertThat(usage.getJsonObject("prompt_tokens_details").getInt("cached_tokens")).isEqualTo(4);
        assertThat(usage.getJsonObject("completion_tokens_details").getInt("reasoning_tokens")).isEqualTo(20);
    }

    @Test
    @DisplayName("19: a stream that was asked for usage ends with one chunk of it, without choices")
    void defect19() {
        List<JsonObject> chunks = chunks(with(WANT_USAGE), List.of(text("a"), STOP, new UsageReported(USAGE, "")));
        assertThat(chunks.stream().filter(chunk -> chunk.get("usage") instanceof JsonObject)).containsExactly(chunks.getLast());
        assertThat(chunks.getLast().getJsonArray("choices")).isEmpty();
        assertThat(chunks.getLast().getJsonObject("usage").getJsonObject("prompt_tokens_details").getInt("cached_tokens")).isEqualTo(4);
    }

    @Test
    @DisplayName("20: a blocked prompt is content_filter with its usage, never an empty success")
    void defect20() {
        List<ReplyEvent> events = List.of(new Started("r", ""), new Refused("PROHIBITED_CONTENT", ""), new UsageReported(USAGE, ""));
        for (JsonObject completion : List.of(whole(with(WANT_USAGE), events), StreamFold.completion(chunks(with(WANT_USAGE), events)))) {
            assertThat(choice(completion).getString("finish_reason")).isEqualTo("content_filter");
            assertThat(completion.getJsonObject("usage").getInt("prompt_tokens")).isEqualTo(12);
        }
    }

    @Test
    @DisplayName("21: a candidate without any content is a complete message")
    void defect21() {
        JsonObject message = choice(whole(with(""), List.of(STOP))).getJsonObject("message");
        assertThat(message.getString("content")).isEmpty();
        assertThat(choice(StreamFold.completion(chunks(with(""), List.of(STOP)))).getJsonObject("message")).isEqualTo(message);
    }

    @Test
    @DisplayName("22: thoughts are streamed as reasoning_content and stay out of the text")
    void defect22() {
        JsonObject message = choice(StreamFold.completion(chunks(with(""), List.of(new ThoughtDelta(0, "hm", Seal.NONE), text("a"), STOP))))
                .getJsonObject("message");
        assertThat(message.getString("reasoning_content")).isEqualTo("hm");
        assertThat(message.getString("content")).isEqualTo("a");
    }

    @Test
    @DisplayName("23: each event is written when it comes, none is held until the end")
    void defect23() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ReplyWriter writer = with("").stream(HEAD);
        for (String piece : List.of("one", "two", "three")) {
            writer.write(text(piece), out);
            assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"" + piece + "\"").endsWith("\n\n");
        }
    }

    @Test
    @DisplayName("24, 25: every effort is understood, and an error is one object in OpenAI's shape")
    void defects24and25() {
        for (String effort : List.of("none", "minimal", "low", "medium", "high", "xhigh", "max")) {
            assertThat(with("'reasoning_effort':'" + effort + "'").ignored()).isEmpty();
        }
        assertThat(new String(new ChatDialect().error(Failure.of(Failure.Kind.INVALID_REQUEST, "x"), "r"), StandardCharsets.UTF_8))
                .startsWith("{\"error\":{\"message\":");
    }

    @Test
    @DisplayName("26: strict clients see only standard fields when there is nothing else to tell; gs:// links are kept")
    void defect26() {
        JsonObject message = choice(whole(with(""), List.of(text("a"), STOP))).getJsonObject("message");
        assertThat(message.keySet()).containsExactlyInAnyOrder("role", "content", "refusal");
        assertThat(Chats.content("{'type':'image_url','image_url':{'url':'gs://b/a.png'}}").getFirst()).extracting("source")
                .isEqualTo(new Part.Source.Link("gs://b/a.png"));
    }

    @Test
    @DisplayName("52: a silent stream is kept alive by a comment that stands between events")
    void defect52() {
        assertThat(new String(new ChatDialect().keepAlive().orElseThrow(), StandardCharsets.US_ASCII)).startsWith(":").endsWith("\n\n");
    }

    @Test
    @DisplayName("S10: an address in the body is never used, only listed as ignored")
    void s10() {
        assertThat(with("'api_base':'http://evil','base_url':'http://evil','extra_body':{'api_base':'http://evil'}").ignored())
                .containsExactly("api_base", "base_url", "extra_body.api_base");
    }

    @Test
    @DisplayName("S23: keys are read by their exact case, and the same key twice is refused")
    void s23() {
        byte[] twice = "{\"model\":\"a\",\"messages\":[],\"x\":{\"k\":1,\"k\":2}}".getBytes(StandardCharsets.UTF_8);
        assertThat(catchThrowableOfType(InvalidRequest.class, () -> new ChatDialect().peek(twice))).isNotNull();
        assertThat(with("'Temperature':2,'MESSAGES':[]").conversation().options().sampling().temperature()).isEmpty();
    }
}
