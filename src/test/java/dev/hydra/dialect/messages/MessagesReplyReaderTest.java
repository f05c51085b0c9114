package dev.hydra.dialect.messages;

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
import dev.hydra.conversation.ReplyEvent.ProviderError;
import dev.hydra.conversation.ReplyEvent.TextDelta;
import dev.hydra.conversation.ReplyEvent.ThoughtDelta;
import dev.hydra.conversation.ReplyEvent.UsageReported;
import dev.hydra.conversation.Seal;
import dev.hydra.conversation.Usage;
import dev.hydra.dialect.FunctionNames;
import dev.hydra.dialect.ReplyReader;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesReplyReaderTest {
    private static final String START = "{'type':'message_start','message':{'id':'msg_1','model':'claude-x','usage':{'input_tokens':10,"
            + "'cache_read_input_tokens':4,'cache_creation_input_tokens':2,'output_tokens':1}}}";

    private static List<ReplyEvent> events(String... messages) {
        FunctionNames names = new FunctionNames(64, "-");
        names.written("look.up");
        ReplyReader reader = new MessagesReplyReader(names);
        List<ReplyEvent> events = new ArrayList<>();
        for (String message : messages) {
            byte[] json = message.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
            reader.read(json, 0, json.length, events::add);
        }
        reader.end(events::add);
        return events;
    }

    private static <T extends ReplyEvent> List<T> only(Class<T> kind, List<ReplyEvent> events) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static JsonObject json(String text) {
        return Json.object(text.replace('\'', '"'));
    }

    private static String end(String reason) {
        return "{'type':'message_delta','delta':{'stop_reason':'" + reason + "'},'usage':{'output_tokens':20,'input_tokens':null,"
                + "'output_tokens_details':{'thinking_tokens':8}}}";
    }

    @Test
    void aStreamBecomesEvents() {
        List<ReplyEvent> events = events(START, "{'type':'ping'}",
                "{'type':'content_block_start','index':0,'content_block':{'type':'thinking','thinking':'','signature':''}}",
                "{'type':'content_block_delta','index':0,'delta':{'type':'thinking_delta','thinking':'Hm.'}}",
                "{'type':'content_block_delta','index':0,'delta':{'type':'signature_delta','signature':'EqQB'}}",
                "{'type':'content_block_stop','index':0}",
                "{'type':'content_block_start','index':1,'content_block':{'type':'text','text':''}}",
                "{'type':'content_block_delta','index':1,'delta':{'type':'text_delta','text':'So.'}}",
                "{'type':'content_block_delta','index':1,'delta':{'type':'citations_delta','citation':{'type':'web_search_result_location',"
                        + "'url':'https://e.org','title':'e','cited_text':'x'}}}",
                "{'type':'content_block_stop','index':1}",
                "{'type':'content_block_start','index':2,'content_block':{'type':'tool_use','id':'toolu_1','name':'look_up','input':{}}}",
                "{'type':'content_block_delta','index':2,'delta':{'type':'input_json_delta','partial_json':''}}",
                "{'type':'content_block_delta','index':2,'delta':{'type':'input_json_delta','partial_json':'{\\'a\\':'}}".replace("\\'",
                        "\\\""),
                "{'type':'content_block_delta','index':2,'delta':{'type':'input_json_delta','partial_json':'1}'}}",
                "{'type':'content_block_stop','index':2}",
                "{'type':'content_block_start','index':3,'content_block':{'type':'tool_use','id':'toolu_2','name':'f','input':{}}}",
                "{'type':'content_block_stop','index':3}", end("tool_use"), "{'type':'message_stop'}");

        Usage start = new Usage(16, 4, 1, 0, 17, Usage.Modalities.NONE, Usage.Modalities.NONE);
        assertThat(events).containsExactly(new ReplyEvent.Started("msg_1", "claude-x"), new UsageReported(start, ""),
                new ThoughtDelta(0, "Hm.", Seal.NONE), new ThoughtDelta(0, "", new Seal("anthropic", "EqQB")),
                new TextDelta(0, "So.", Seal.NONE), new Cited(0, 0, 3, "https://e.org", "e"),
                new CallStarted(0, 0, "1", "look.up", Seal.NONE), new CallArguments(0, 0, "{\"a\":"), new CallArguments(0, 0, "1}"),
                new CallStarted(0, 1, "2", "f", Seal.NONE), new CallArguments(0, 1, "{}"), new Finished(0, FinishReason.STOP, ""),
                new UsageReported(new Usage(16, 4, 20, 8, 36, Usage.Modalities.NONE, Usage.Modalities.NONE), ""));
    }

    @Test
    void aWholeMessageIsTheSameEventsAtOnce() {
        List<ReplyEvent> events = events("{'type':'message','id':'msg_1','model':'claude-x','content':["
                + "{'type':'thinking','thinking':'Hm.','signature':'EqQB'},{'type':'redacted_thinking','data':'x'},"
                + "{'type':'text','text':'So.','citations':[{'url':'https://e.org','title':'e'}]},"
                + "{'type':'tool_use','id':'toolu_1','name':'look_up','input':{'a':1}}],'stop_reason':'tool_use',"
                + "'usage':{'input_tokens':3,'output_tokens':4}}");

        assertThat(events).contains(new ThoughtDelta(0, "Hm.", Seal.NONE), new ThoughtDelta(0, "", new Seal("anthropic", "EqQB")),
                new ForeignMade(0, new Part.Foreign("messages", json("{'type':'redacted_thinking','data':'x'}")), Seal.NONE),
                new TextDelta(0, "So.", Seal.NONE), new Cited(0, 0, 3, "https://e.org", "e"),
                new CallStarted(0, 0, "1", "look.up", Seal.NONE), new CallArguments(0, 0, "{\"a\":1}"),
                new Finished(0, FinishReason.STOP, ""));
    }

    @Test
    void aHostedToolsBlocksArePassedOnWhole() {
        assertThat(only(ForeignMade.class, events(START,
                "{'type':'content_block_start','index':0,'content_block':{'type':'server_tool_use','id':'s','name':'web_search','input':{}}}",
                "{'type':'content_block_delta','index':0,'delta':{'type':'input_json_delta','partial_json':'{}'}}",
                "{'type':'content_block_stop','index':0}",
                "{'type':'content_block_start','index':1,'content_block':{'type':'web_search_tool_result','content':[]}}",
                "{'type':'content_block_stop','index':1}"))).extracting(made -> made.part().json().getString("type"))
                .containsExactly("server_tool_use", "web_search_tool_result");
    }

    @ParameterizedTest
    @CsvSource({"end_turn,STOP", "stop_sequence,STOP", "tool_use,STOP", "max_tokens,LENGTH", "model_context_window_exceeded,LENGTH",
        "refusal,FILTERED", "pause_turn,OTHER", "hologram,OTHER"})
    void everyReason(String word, FinishReason reason) {
        assertThat(only(Finished.class, events(START, end(word), "{'type':'message_stop'}"))).extracting(Finished::reason)
                .containsExactly(reason);
    }

    @Test
    void aStreamThatWasCutHasNoEnd() {
        assertThat(only(Finished.class, events(START, "{'type':'content_block_start','content_block':{'type':'text','text':'Once'}}")))
                .isEmpty();
        assertThat(only(Finished.class, events(START, end("end_turn")))).isEmpty();
    }

    @Test
    void anErrorInTheStreamIsTheProviders() {
        JsonObject error = json("{'type':'error','error':{'type':'overloaded_error','message':'Busy'}}");
        assertThat(only(ProviderError.class, events(START, error.toString()))).containsExactly(new ProviderError(error));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "7", "{", "nothing"})
    void whatIsNoObjectIsMalformed(String text) {
        assertThatThrownBy(() -> events(text)).isInstanceOf(ReplyReader.MalformedReply.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'type':7}", "{'type':'message_start'}", "{'type':'content_block_start','content_block':7}",
        "{'type':'content_block_delta'}", "{'type':'content_block_stop'}", "{'type':'message_delta','delta':[],'usage':7}",
        "{'type':'message','content':[7],'usage':{'input_tokens':'x'}}", "{'type':'hologram'}"})
    void whatIsOfAnotherShapeIsNoAccident(String text) {
        assertThat(only(TextDelta.class, events(text))).isEmpty();
    }
}
