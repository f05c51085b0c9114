package dev.hydra.dialect.responses;

import static dev.hydra.dialect.responses.Responses.STOP;
import static dev.hydra.dialect.responses.Responses.all;
import static dev.hydra.dialect.responses.Responses.call;
import static dev.hydra.dialect.responses.Responses.input;
import static dev.hydra.dialect.responses.Responses.output;
import static dev.hydra.dialect.responses.Responses.parts;
import static dev.hydra.dialect.responses.Responses.refusal;
import static dev.hydra.dialect.responses.Responses.sealed;
import static dev.hydra.dialect.responses.Responses.stream;
import static dev.hydra.dialect.responses.Responses.text;
import static dev.hydra.dialect.responses.Responses.thought;
import static dev.hydra.dialect.responses.Responses.types;
import static dev.hydra.dialect.responses.Responses.whole;
import static dev.hydra.dialect.responses.Responses.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.conversation.FinishReason;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.ReplyEvent;
import dev.hydra.conversation.ReplyEvent.Finished;
import dev.hydra.conversation.ReplyEvent.MediaMade;
import dev.hydra.conversation.ReplyEvent.Refused;
import dev.hydra.conversation.ReplyEvent.UsageReported;
import dev.hydra.conversation.Seal;
import dev.hydra.conversation.Usage;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.Failure;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What other gateways got wrong, in this format; the numbers are those of the list of known defects (spec defects §2–6, §9). */
class ResponsesDefectsTest {
    private static final UsageReported USAGE = new UsageReported(
            new Usage(12, 4, 30, 20, 42, Usage.Modalities.NONE, Usage.Modalities.NONE), "");
    private static final List<ReplyEvent> CALLS = all(call(0, "call_x", "f", "{\"n\":1}", Seal.gemini("c2ln")),
            call(1, "call_y", "f", "{\"n\":2}", Seal.NONE), STOP, USAGE);

    @Test
    @DisplayName("1: a signature goes to the client before its call and comes back with it, streamed or not")
    void defect1() {
        JsonObject last = stream(sealed(""), CALLS).getLast().getJsonObject("response");
        String items = output(last).stream().map(JsonObject::toString).collect(Collectors.joining(","));
        assertThat(parts(input(items))).extracting("seal").containsExactly(Seal.gemini("c2ln"), Seal.NONE);
    }

    @Test
    @DisplayName("2, 3, 4, 5: a stream has one terminal event, the last one, and a whole answer has its status")
    void defect5() {
        assertThat(types(stream(with(""), CALLS))).filteredOn(type -> type.equals("completed")).hasSize(1);
        assertThat(types(stream(with(""), CALLS))).last().isEqualTo("completed");
        assertThat(whole(with(""), CALLS).getString("status")).isEqualTo("completed");
    }

    @Test
    @DisplayName("6: only OpenAI's words for a status")
    void defect6() {
        for (FinishReason reason : FinishReason.values()) {
            assertThat(whole(with(""), all(text("a"), new Finished(0, reason, ""))).getString("status")).isIn("completed", "incomplete",
                    "failed");
        }
    }

    @Test
    @DisplayName("7: a token limit is incomplete, a malformed call is failed and never completed")
    void defect7() {
        assertThat(whole(with(""), all(text("a"), new Finished(0, FinishReason.LENGTH, ""))).getJsonObject("incomplete_details")
                .getString("reason")).isEqualTo("max_output_tokens");
        assertThat(types(stream(with(""), all(text("a"), new Finished(0, FinishReason.MALFORMED_CALL, ""))))).last().isEqualTo("failed");
    }

    @Test
    @DisplayName("8, 9: parallel calls have an index and an id each, and ids of two answers differ")
    void defect8() {
        List<JsonObject> done = stream(with(""), CALLS).stream().filter(frame -> frame.getString("type").endsWith("arguments.done"))
                .toList();
        assertThat(done).extracting(frame -> frame.getInt("output_index")).containsExactly(0, 1);
        assertThat(done).extracting(frame -> frame.getString("arguments")).containsExactly("{\"n\":1}", "{\"n\":2}");
        assertThat(done).extracting(frame -> frame.getString("item_id")).doesNotHaveDuplicates();
        assertThat(new ItemIds("req_a").next("fc_")).isNotEqualTo(new ItemIds("req_b").next("fc_"));
    }

    @Test
    @DisplayName("9: a failure in mid-stream is told by an error and is never completed")
    void defect9() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ClientRequest request = with("");
        var writer = request.stream(Responses.HEAD);
        writer.write(text("a"), out);
        writer.fail(Failure.of(Failure.Kind.PROVIDER_ERROR, "cut"), "req_1", out);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("event: error\n").doesNotContain("response.completed")
                .doesNotContain("[DONE]");
    }

    @Test
    @DisplayName("10, 11: all results of parallel calls are read, in any order")
    void defect10() {
        assertThat(parts(input("{'type':'function_call','call_id':'a','name':'f','arguments':'{}'},"
                + "{'type':'function_call','call_id':'b','name':'g','arguments':'{}'},{'type':'function_call_output','call_id':'b','output':'2'},"
                + "{'type':'function_call_output','call_id':'a','output':'1'}"))).filteredOn(Part.ToolResult.class::isInstance)
                .extracting("name").containsExactly("g", "f");
    }

    @Test
    @DisplayName("16: a result with $ref in it is data")
    void defect16() {
        assertThat(parts(input("{'type':'function_call','call_id':'a','name':'f','arguments':'{}'},"
                + "{'type':'function_call_output','call_id':'a','output':'{\\'$ref\\':\\'#/x\\'}'}")).getLast())
                .isEqualTo(new Part.ToolResult("a", "f", List.of(new Part.Text("{\"$ref\":\"#/x\"}")), false));
    }

    @Test
    @DisplayName("18: thoughts count as output, cached tokens as a part of the input, the total is the provider's")
    void defect18() {
        JsonObject usage = whole(with(""), CALLS).getJsonObject("usage");
        assertThat(usage.getInt("input_tokens")).isEqualTo(12);
        assertThat(usage.getInt("output_tokens")).isEqualTo(30);
        assertThat(usage.getInt("total_tokens")).isEqualTo(42);
        assertThat(usage.getJsonObject("output_tokens_details").getInt("reasoning_tokens")).isEqualTo(20);
        assertThat(usage.getJsonObject("input_tokens_details").getInt("cached_tokens")).isEqualTo(4);
    }

    @Test
    @DisplayName("19: a stream's last event has the usage")
    void defect19() {
        assertThat(stream(with(""), CALLS).getLast().getJsonObject("response").getJsonObject("usage").getInt("total_tokens")).isEqualTo(42);
    }

    @Test
    @DisplayName("20: a blocked prompt is content_filter with its usage, never an empty success")
    void defect20() {
        JsonObject response = whole(with(""), all(new Refused("SAFETY", "Blocked."), USAGE));
        assertThat(response.getJsonObject("incomplete_details").getString("reason")).isEqualTo("content_filter");
        assertThat(response.getJsonObject("usage").getInt("input_tokens")).isEqualTo(12);
    }

    @Test
    @DisplayName("21: an answer without content is an answer")
    void defect21() {
        assertThat(output(whole(with(""), all(STOP)))).isEmpty();
    }

    @Test
    @DisplayName("22: thoughts are streamed when they are asked for")
    void defect22() {
        assertThat(types(stream(with("'reasoning':{'summary':'auto'}"), all(thought("a"), text("b"), STOP))))
                .contains("reasoning_summary_text.delta");
    }

    @Test
    @DisplayName("26: pictures that the model made are kept")
    void defect26() {
        assertThat(output(whole(with(""), all(new MediaMade(0, "image/png", "AAAA", Seal.NONE), STOP))).getFirst().getString("result"))
                .isEqualTo("AAAA");
    }

    @Test
    @DisplayName("S23: names are case-sensitive and none may come twice")
    void s23() {
        assertThat(refusal("{'model':'m','input':'a','input':'b'}")).isNotNull();
        assertThat(with("'Temperature':2").ignored()).containsExactly("Temperature");
    }
}
