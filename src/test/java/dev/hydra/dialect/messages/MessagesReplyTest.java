package dev.hydra.dialect.messages;

import static dev.hydra.dialect.messages.Talk.THINKING;
import static dev.hydra.dialect.messages.Talk.events;
import static dev.hydra.dialect.messages.Talk.stream;
import static dev.hydra.dialect.messages.Talk.whole;
import static dev.hydra.dialect.messages.Talk.with;
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
import dev.hydra.dialect.ReplyWriter;
import dev.hydra.wire.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MessagesReplyTest {
    private static final Seal SEAL = Seal.gemini("c2ln");
    private static final UsageReported USAGE = new UsageReported(
            new Usage(10, 4, 20, 8, 30, Usage.Modalities.NONE, Usage.Modalities.NONE), "");
    private static final Finished STOP = new Finished(0, FinishReason.STOP, "");

    private static TextDelta text(String text) {
        return new TextDelta(0, text, Seal.NONE);
    }

    private static ThoughtDelta thought(String text) {
        return new ThoughtDelta(0, text, Seal.NONE);
    }

    private static ForeignMade gemini(String json) {
        return new ForeignMade(0, new Part.Foreign("gemini", Json.object(json.replace('\'', '"'))), Seal.NONE);
    }

    private static Arguments reply(String name, ReplyEvent... events) {
        List<ReplyEvent> all = new ArrayList<>(List.of(new Started("r", "v")));
        all.addAll(List.of(events));
        all.add(USAGE);
        return Arguments.of(name, all);
    }

    private static JsonArray content(String fields, ReplyEvent... events) {
        return whole(with(fields), List.of(events)).getJsonArray("content");
    }

    private static JsonObject block(String json) {
        return Json.object(json.replace('\'', '"'));
    }

    static Stream<Arguments> replies() {
        return Stream.of(reply("text", text("Hello"), text(", \u4e16\u754c \ud83d\ude00"), STOP),
                reply("thoughts", thought("First "), new ThoughtDelta(0, "this.", Seal.gemini("dHM=")), text("So."),
                        new TextDelta(0, "", SEAL), STOP),
                reply("calls", thought("Hm."), new CallStarted(0, 0, "call_a", "weather", SEAL), new CallArguments(0, 0, "{\"city\":"),
                        new CallArguments(0, 0, "\"Ulm\"}"), new CallStarted(0, 1, "call_b", "time", Seal.NONE),
                        new CallArguments(0, 1, "{}"), STOP),
                reply("a call behind text", text("I look."), new CallStarted(0, 0, "default_api:1", "f", SEAL), STOP),
                reply("pictures", text("Here:"), new MediaMade(0, "image/png", "AAAA", SEAL), new MediaMade(0, "audio/wav", "BBBB",
                        Seal.NONE), STOP),
                reply("sources", text("Ulm has a minster."), new Cited(0, 0, 3, "https://example.org/ulm", "example.org"),
                        new Cited(0, 0, 0, "https://example.org/minster", ""), STOP),
                reply("a part of Gemini's own", gemini("{'toolCall':{'id':'t1','toolType':'GOOGLE_SEARCH_WEB'}}"), text("Found."), STOP),
                reply("a block of Anthropic's own",
                        new ForeignMade(0, new Part.Foreign("messages", block("{'type':'redacted_thinking','data':'x'}")), Seal.NONE),
                        text("So."), STOP),
                reply("cut", text("Once"), new Finished(0, FinishReason.LENGTH, "")),
                reply("filtered", text("Once"), new Finished(0, FinishReason.FILTERED, "SAFETY")),
                reply("nothing", new Finished(0, FinishReason.LENGTH, "")), reply("refused", new Refused("SAFETY", "Blocked.")),
                reply("another candidate", text("a"), new TextDelta(1, "x", Seal.NONE), new Finished(1, FinishReason.LENGTH, ""), STOP));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("replies")
    void aStreamFoldsToTheWholeMessage(String name, List<ReplyEvent> events) {
        for (String fields : List.of("", THINKING, "'thinking':{'type':'adaptive','display':'omitted'}")) {
            JsonObject streamed = StreamFold.message(events(stream(with(fields), events)));
            assertThat(streamed).isEqualTo(whole(with(fields), events));
        }
    }

    @Test
    void aMessageHasAnthropicsFields() {
        JsonObject message = whole(with(""), List.of(text("Hello"), STOP, USAGE));

        assertThat(message).isEqualTo(block("{'id':'msg_1','type':'message','role':'assistant','model':'claude-alias',"
                + "'content':[{'type':'text','text':'Hello'}],'stop_reason':'end_turn','stop_sequence':null,'usage':{'input_tokens':6,"
                + "'cache_creation_input_tokens':0,'cache_read_input_tokens':4,'output_tokens':20,"
                + "'output_tokens_details':{'thinking_tokens':8}}}"));
    }

    @Test
    void aStreamHasTheExactOrder() {
        assertThat(stream(with(""), List.of(new Started("r", ""), text("Hi"), STOP, USAGE))).isEqualTo("""
                event: message_start
                data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-alias",\
                "content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":0,"cache_creation_input_tokens":0,\
                "cache_read_input_tokens":0,"output_tokens":0,"output_tokens_details":{"thinking_tokens":0}}}}

                event: ping
                data: {"type":"ping"}

                event: content_block_start
                data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

                event: content_block_delta
                data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi"}}

                event: content_block_stop
                data: {"type":"content_block_stop","index":0}

                event: message_delta
                data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"input_tokens":6,\
                "cache_creation_input_tokens":0,"cache_read_input_tokens":4,"output_tokens":20,"output_tokens_details":\
                {"thinking_tokens":8}}}

                event: message_stop
                data: {"type":"message_stop"}

                """);
    }

    @Test
    void theFirstEventTellsTheInputWhenItIsKnown() {
        JsonObject start = events(stream(with(""), List.of(USAGE, text("Hi"), STOP))).getFirst();

        assertThat(start.getJsonObject("message").getJsonObject("usage").getInt("input_tokens")).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({"STOP,end_turn", "LENGTH,max_tokens", "FILTERED,refusal", "MALFORMED_CALL,end_turn", "OTHER,end_turn"})
    void everyReasonHasAnthropicsWord(FinishReason reason, String word) {
        assertThat(whole(with(""), List.of(text("a"), new Finished(0, reason, ""))).getString("stop_reason")).isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource({"STOP,tool_use", "LENGTH,max_tokens", "FILTERED,refusal", "OTHER,tool_use"})
    void aCallIsAReasonOnlyWhereTheAnswerIsWhole(FinishReason reason, String word) {
        ReplyEvent call = new CallStarted(0, 0, "c", "f", Seal.NONE);
        assertThat(whole(with(""), List.of(call, new Finished(0, reason, ""))).getString("stop_reason")).isEqualTo(word);
    }

    @Test
    void aRefusedPromptIsARefusalWithItsReasonAndStillAWholeStream() {
        JsonObject message = whole(with(""), List.of(new Refused("SAFETY", ""), USAGE));

        assertThat(message.getString("stop_reason")).isEqualTo("refusal");
        assertThat(message.getJsonObject("stop_details").getString("explanation")).contains("SAFETY");
        assertThat(message.getJsonArray("content")).isEmpty();
    }

    @Test
    void thoughtsAreShownOnlyToClientsThatAskedForThem() {
        ReplyEvent[] reply = {thought("Hm."), text("So."), STOP};

        assertThat(content("", reply)).containsExactly(block("{'type':'text','text':'So.'}"));
        assertThat(content(THINKING, reply)).containsExactly(
                block("{'type':'thinking','thinking':'Hm.','signature':'hydra.none'}"), block("{'type':'text','text':'So.'}"));
        assertThat(content("'thinking':{'type':'adaptive','display':'omitted'}", reply).getJsonObject(0))
                .isEqualTo(block("{'type':'thinking','thinking':'','signature':'hydra.none'}"));
    }

    @Test
    void aCallsSignatureTravelsInTheThinkingInFrontOfIt() {
        CallStarted call = new CallStarted(0, 0, "c", "f", SEAL);

        assertThat(content(THINKING, thought("Hm."), call, STOP).getJsonObject(0).getString("signature"))
                .isEqualTo("hydra.gemini.call.c2ln");
        assertThat(content(THINKING, text("I look."), call, STOP)).extracting(each -> each.asJsonObject().getString("type"))
                .containsExactly("text", "thinking", "tool_use");
        assertThat(content("", thought("Hm."), call, STOP)).extracting(each -> each.asJsonObject().getString("type"))
                .containsExactly("tool_use");
    }

    @Test
    void anthropicsOwnSignatureStaysAsItIs() {
        assertThat(content(THINKING, thought("Hm."), new ThoughtDelta(0, "", new Seal(Seal.ANTHROPIC, "EqQB")), text("So."), STOP)
                .getJsonObject(0).getString("signature")).isEqualTo("EqQB");
    }

    @Test
    void noBlockStandsBehindTheLastText() {
        JsonArray content = content(THINKING, thought("Hm."), text("So."), new TextDelta(0, "", SEAL), STOP);

        assertThat(content.getJsonObject(content.size() - 1).getString("type")).isEqualTo("text");
    }

    @Test
    void everyCallsIdIsOneThatAnthropicsClientsTake() {
        JsonArray content = content("", new CallStarted(0, 0, "call_A-1", "f", Seal.NONE),
                new CallStarted(0, 1, "default_api:f/\u00e4", "f",
                        Seal.NONE),
                STOP);

        assertThat(content).extracting(each -> each.asJsonObject().getString("id")).allMatch(id -> id.matches("toolu_[a-zA-Z0-9_-]+"))
                .extracting(ToolIds::read).containsExactly("call_A-1", "default_api:f/\u00e4");
    }

    @Test
    void codeThatWasRunIsACodeExecution() {
        JsonArray content = content("", gemini("{'executableCode':{'language':'PYTHON','code':'print(4)'}}"),
                gemini("{'codeExecutionResult':{'outcome':'OUTCOME_OK','output':'4\\n'}}"), text("4."), STOP);

        assertThat(content.getJsonObject(0).getString("name")).isEqualTo("code_execution");
        assertThat(content.getJsonObject(0).getJsonObject("input")).isEqualTo(block("{'code':'print(4)'}"));
        assertThat(content.getJsonObject(1).getString("tool_use_id")).isEqualTo(content.getJsonObject(0).getString("id"));
        assertThat(content.getJsonObject(1).getJsonObject("content").getString("stdout")).isEqualTo("4\n");
        assertThat(whole(with(""), List.of(gemini("{'executableCode':{'code':'x'}}"), STOP)).getString("stop_reason"))
                .isEqualTo("end_turn");
    }

    @Test
    void aSourceQuotesTheTextThatItSupports() {
        JsonObject citation = content("", text("\ud83d\ude00 Ulm has"), text(" a minster."), new Cited(0, 2, 5, "https://e.org", "e"), STOP)
                .getJsonObject(0).getJsonArray("citations").getJsonObject(0);

        assertThat(citation.getString("type")).isEqualTo("web_search_result_location");
        assertThat(citation.getString("cited_text")).isEqualTo("Ulm");
    }

    @Test
    void argumentsThatWereCutAreStillAnObject() {
        JsonObject call = content("", new CallStarted(0, 0, "c", "f", Seal.NONE), new CallArguments(0, 0, "{\"a\":"),
                new Finished(0, FinishReason.LENGTH, "")).getJsonObject(0);

        assertThat(call.getJsonObject("input")).isEqualTo(block("{'arguments':'{\\\"a\\\":'}"));
    }

    @Test
    void aReplyWithoutAnEndCannotBeEnded() {
        ClientRequest request = with("");
        assertThatThrownBy(() -> whole(request, List.of(text("a")))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> stream(request, List.of())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aBrokenStreamEndsInAnErrorEventAlone() throws IOException {
        ReplyWriter writer = with("").stream(Talk.HEAD);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.write(text("a"), out);
        writer.fail(Failure.of(Failure.Kind.OVERLOADED, "Busy."), "req_1", out);

        List<JsonObject> events = events(out.toString(StandardCharsets.UTF_8));
        assertThat(events.getLast()).isEqualTo(
                block("{'type':'error','error':{'type':'overloaded_error','message':'Busy.'},'request_id':'req_1'}"));
        assertThat(events).extracting(event -> event.getString("type")).doesNotContain("message_stop", "message_delta");
    }

    @Test
    void theSealsOfAnAnswerComeBackWithIt() {
        JsonArray content = content(THINKING, thought("Hm."), new CallStarted(0, 0, "c:1", "f", SEAL), new CallArguments(0, 0, "{\"a\":1}"),
                gemini("{'toolCall':{'id':'t1'}}"), new CallStarted(0, 1, "d", "g", Seal.NONE), STOP);

        assertThat(Talk.assistant(content.toString().substring(1, content.toString().length() - 1))).containsExactly(
                new Part.Thought("Hm.", Seal.NONE), new Part.ToolCall("c:1", "f", block("{'a':1}"), SEAL),
                new Part.Foreign("gemini", block("{'toolCall':{'id':'t1'}}")), new Part.ToolCall("d", "g", block("{}"), Seal.NONE));
    }

    @Test
    void aPictureThatWasMadeComesBackAsAPicture() {
        JsonArray content = content("", text("Here:"), new MediaMade(0, "image/png", "AAAA", Seal.NONE), text(" Nice?"), STOP);

        assertThat(content).hasSize(1);
        assertThat(Talk.assistant(content.getJsonObject(0).toString())).extracting(Object::getClass)
                .isEqualTo(List.of(Part.Text.class, Part.Media.class, Part.Text.class));
        assertThat(Map.of("text", content.getJsonObject(0).getString("text")))
                .containsEntry("text", "Here:\n![image](data:image/png;base64,AAAA) Nice?");
    }
}
