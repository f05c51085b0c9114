package dev.hydra.dialect.messages;

import static dev.hydra.dialect.messages.Talk.THINKING;
import static dev.hydra.dialect.messages.Talk.assistant;
import static dev.hydra.dialect.messages.Talk.events;
import static dev.hydra.dialect.messages.Talk.messages;
import static dev.hydra.dialect.messages.Talk.stream;
import static dev.hydra.dialect.messages.Talk.whole;
import static dev.hydra.dialect.messages.Talk.with;
import static org.assertj.core.api.Assertions.assertThat;

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
import dev.hydra.conversation.Usage;
import dev.hydra.dialect.ReplyWriter;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What other gateways got wrong, in this format; the numbers are those of the list of known defects (spec defects §2–6). */
class MessagesDefectsTest {
    private static final Finished STOP = new Finished(0, FinishReason.STOP, "");
    private static final Usage USAGE = new Usage(12, 4, 30, 20, 42, Usage.Modalities.NONE, Usage.Modalities.NONE);

    private static TextDelta text(String text) {
        return new TextDelta(0, text, Seal.NONE);
    }

    private static List<ReplyEvent> twoCalls() {
        return List.of(text("a"), new CallStarted(0, 0, "call_x", "f", Seal.gemini("c2ln")), new CallArguments(0, 0, "{\"n\":1}"),
                new CallStarted(0, 1, "call_y", "f", Seal.NONE), new CallArguments(0, 1, "{\"n\":2}"), text(""), STOP);
    }

    private static List<JsonValue> ends(List<JsonObject> events) {
        return events.stream().filter(event -> event.containsKey("delta") && event.getJsonObject("delta").containsKey("stop_reason"))
                .map(event -> event.getJsonObject("delta").get("stop_reason")).toList();
    }

    @Test
    @DisplayName("1: a signature goes to the client with its call and comes back from it, streamed or not")
    void defect1() {
        JsonObject message = StreamFold.message(events(stream(with(THINKING), twoCalls())));
        String content = message.getJsonArray("content").toString();
        assertThat(assistant(content.substring(1, content.length() - 1)).stream().filter(Part.ToolCall.class::isInstance))
                .extracting("seal").containsExactly(Seal.gemini("c2ln"), Seal.NONE);
    }

    @Test
    @DisplayName("2, 3, 4: a streamed tool call ends with tool_use, said once, in the last event but one")
    void defects2To4() {
        assertThat(ends(events(stream(with(""), twoCalls())))).hasToString("[\"tool_use\"]");
    }

    @Test
    @DisplayName("5: a whole answer has its reason too")
    void defect5() {
        assertThat(whole(with(""), twoCalls()).getString("stop_reason")).isEqualTo("tool_use");
    }

    @Test
    @DisplayName("7: a cut answer is max_tokens, a filtered one a refusal")
    void defect7() {
        assertThat(ends(events(stream(with(""), List.of(text("a"), new Finished(0, FinishReason.LENGTH, ""))))))
                .hasToString("[\"max_tokens\"]");
        assertThat(ends(events(stream(with(""), List.of(text("a"), new Finished(0, FinishReason.FILTERED, ""))))))
                .hasToString("[\"refusal\"]");
    }

    @Test
    @DisplayName("8: parallel calls are blocks of their own, each with its arguments and id")
    void defect8() {
        List<JsonObject> calls = whole(with(""), twoCalls()).getJsonArray("content").getValuesAs(JsonObject.class).stream()
                .filter(block -> block.getString("type").equals("tool_use")).toList();
        assertThat(calls).extracting(call -> call.getJsonObject("input").getInt("n")).containsExactly(1, 2);
        assertThat(calls).extracting(call -> call.getString("id")).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("10, 11: results of parallel calls, in one message or in several, each find their call")
    void defects10And11() {
        List<Part> results = messages("{'role':'assistant','content':[{'type':'tool_use','id':'a','name':'f','input':{}},"
                + "{'type':'tool_use','id':'b','name':'g','input':{}}]},"
                + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'b','content':'2'}]},"
                + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'a','content':'1'}]}").turns().stream().skip(1)
                .flatMap(turn -> turn.parts().stream()).toList();
        assertThat(results).extracting("name").containsExactly("g", "f");
    }

    @Test
    @DisplayName("16: a result that looks like a schema is a text like any other")
    void defect16() {
        assertThat(messages("{'role':'user','content':[{'type':'tool_result','tool_use_id':'a','content':'{$ref: 1}'}]}").turns().getFirst()
                .parts().getFirst()).extracting("content").isEqualTo(List.of(new Part.Text("{$ref: 1}")));
    }

    @Test
    @DisplayName("18: cached tokens are counted once, thoughts are output")
    void defect18() {
        JsonObject usage = whole(with(""), List.of(text("a"), new UsageReported(USAGE, ""), STOP)).getJsonObject("usage");
        assertThat(usage.getInt("input_tokens")).isEqualTo(8);
        assertThat(usage.getInt("cache_read_input_tokens")).isEqualTo(4);
        assertThat(usage.getInt("output_tokens")).isEqualTo(30);
        assertThat(usage.getJsonObject("output_tokens_details").getInt("thinking_tokens")).isEqualTo(20);
    }

    @Test
    @DisplayName("19: a stream tells its usage, cached tokens included, even if it comes behind the end")
    void defect19() {
        List<JsonObject> events = events(stream(with(""), List.of(text("a"), STOP, new UsageReported(USAGE, ""))));
        assertThat(events.get(events.size() - 2).getJsonObject("usage").getInt("cache_read_input_tokens")).isEqualTo(4);
    }

    @Test
    @DisplayName("20, 21: a refused prompt and an empty answer are whole messages")
    void defects20And21() {
        for (ReplyEvent end : List.of(new Refused("PROHIBITED_CONTENT", ""), new Finished(0, FinishReason.FILTERED, ""))) {
            JsonObject message = StreamFold.message(
                    events(stream(with(""), List.of(new Started("r", ""), end, new UsageReported(USAGE, "")))));
            assertThat(message.getString("stop_reason")).isEqualTo("refusal");
            assertThat(message.getJsonObject("usage").getInt("input_tokens")).isEqualTo(8);
        }
    }

    @Test
    @DisplayName("22: thoughts are streamed as they come")
    void defect22() {
        assertThat(stream(with(THINKING), List.of(new ThoughtDelta(0, "Hm.", Seal.NONE), text("a"), STOP))).contains("thinking_delta");
    }

    @Test
    @DisplayName("23: each event leaves at once, nothing waits for the end")
    void defect23() throws IOException {
        ReplyWriter writer = with("").stream(Talk.HEAD);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.write(text("Once"), out);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("message_start", "\"text\":\"Once\"");
    }
}
