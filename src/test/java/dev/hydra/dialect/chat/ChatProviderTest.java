package dev.hydra.dialect.chat;

import static dev.hydra.dialect.chat.Chats.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydra.conversation.FinishReason;
import dev.hydra.conversation.ReplyEvent;
import dev.hydra.conversation.ReplyEvent.CallArguments;
import dev.hydra.conversation.ReplyEvent.CallStarted;
import dev.hydra.conversation.ReplyEvent.Finished;
import dev.hydra.conversation.ReplyEvent.Logprobs;
import dev.hydra.conversation.ReplyEvent.MediaMade;
import dev.hydra.conversation.ReplyEvent.UsageReported;
import dev.hydra.conversation.Seal;
import dev.hydra.dialect.ProviderRequest;
import dev.hydra.dialect.ReplyReader;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Chat towards a provider; what all formats have in common is in the contract test. */
class ChatProviderTest {
    private static ProviderRequest written(String fields) {
        return new ChatDialect().write(with(fields).conversation(), "gpt-x");
    }

    private static JsonObject body(String fields) {
        return Json.object(written(fields).body());
    }

    private static List<ReplyEvent> events(ProviderRequest request, String... messages) {
        ReplyReader reader = request.reader();
        List<ReplyEvent> events = new ArrayList<>();
        for (String message : messages) {
            byte[] bytes = message.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
            reader.read(bytes, 0, bytes.length, events::add);
        }
        reader.end(events::add);
        return events;
    }

    private static String chunk(String delta) {
        return "{'id':'c','model':'x','choices':[{'index':0,'delta':{" + delta + "}}]}";
    }

    @Test
    void aStreamIsAskedForInTheBodyWithItsUsage() {
        JsonObject streamed = Json.object(written("").body(true));

        assertThat(streamed.getBoolean("stream")).isTrue();
        assertThat(streamed.getJsonObject("stream_options").getBoolean("include_usage")).isTrue();
        assertThat(body("").containsKey("stream")).isFalse();
    }

    @Test
    void optionsAreSaidInItsWords() {
        JsonObject body = body(
                "'temperature':0.5,'seed':7,'stop':['a','b','c','d','e'],'max_tokens':9,'n':2,'logprobs':true,'top_logprobs':1,"
                        + "'reasoning_effort':'max','response_format':{'type':'json_object'},'parallel_tool_calls':false,"
                        + "'tools':[{'type':'function','function':{'name':'a.b'}},{'type':'custom','custom':{'name':'sh'}}],"
                        + "'tool_choice':{'type':'allowed_tools','allowed_tools':{'mode':'auto','tools':[{'type':'function','function':{'name':'a.b'}},"
                        + "{'type':'custom','custom':{'name':'sh'}}]}}");

        assertThat(body.getInt("max_completion_tokens")).isEqualTo(9);
        assertThat(body.getJsonArray("stop")).hasSize(4);
        assertThat(body.getInt("n")).isEqualTo(2);
        assertThat(body.getString("reasoning_effort")).isEqualTo("xhigh");
        assertThat(body.getJsonArray("tools").getJsonObject(0).getJsonObject("function").getString("name")).isEqualTo("a_b");
        assertThat(body.getJsonObject("tool_choice").getJsonObject("allowed_tools").getJsonArray("tools")).hasSize(2);
        assertThat(body.getBoolean("parallel_tool_calls")).isFalse();
    }

    @Test
    void whatItCannotCarryIsListed() {
        assertThat(
                written("'top_k':2,'stop':['a','b','c','d','e'],'tools':[{'google_search':{}}],'google':{'cached_content':'x'}").ignored())
                .containsExactly("tools.web_search", "stop", "top_k", "google");
    }

    @Test
    void aCustomToolsTextBecomesItsInputAndNamesComeBack() {
        List<ReplyEvent> events = events(written("'tools':[{'type':'custom','custom':{'name':'my.sh'}}]"),
                chunk("'tool_calls':[{'index':0,'id':'a','type':'custom','custom':{'name':'my_sh','input':'ls '}}]"),
                chunk("'tool_calls':[{'index':0,'custom':{'input':'-l'}}]"),
                "{'choices':[{'index':0,'delta':{},'finish_reason':'tool_calls'}]}");

        assertThat(events).contains(new CallStarted(0, 0, "a", "my.sh", Seal.NONE), new CallArguments(0, 0, "{\"input\":\"ls -l\"}"),
                new Finished(0, FinishReason.STOP, ""));
    }

    @Test
    void aCallWithoutArgumentsHasAnEmptyObject() {
        assertThat(events(written(""), chunk("'tool_calls':[{'index':0,'id':'a','function':{'name':'f'}}]")))
                .contains(new CallArguments(0, 0, "{}"));
    }

    @Test
    void soundLogprobsAndUsageAreUnderstood() {
        List<ReplyEvent> events = events(written(""),
                "{'id':'c','model':'x','service_tier':'default','choices':[{'index':0,'message':{'content':'a',"
                        + "'audio':{'id':'x','data':'UklGRg=='}},'logprobs':{'content':[{'token':'a','logprob':-0.5,'top_logprobs':[]}]},"
                        + "'finish_reason':'stop'}],'usage':{'prompt_tokens':3,'prompt_tokens_details':{'cached_tokens':1},'completion_tokens':4,"
                        + "'completion_tokens_details':{'reasoning_tokens':2},'total_tokens':7}}");

        assertThat(events).contains(new MediaMade(0, "audio/wav", "UklGRg==", Seal.NONE)).anyMatch(Logprobs.class::isInstance);
        assertThat(events.getLast()).isInstanceOfSatisfying(UsageReported.class, report -> {
            assertThat(report.usage().cached()).isEqualTo(1);
            assertThat(report.usage().reasoning()).isEqualTo(2);
            assertThat(report.serviceTier()).isEqualTo("standard");
        });
    }

    @Test
    void aCutReplyHasNoEndAndNonsenseIsNone() {
        assertThat(events(written(""), chunk("'content':'a'"))).noneMatch(Finished.class::isInstance);
        assertThatThrownBy(() -> events(written(""), "<html>")).isInstanceOf(ReplyReader.MalformedReply.class);
    }
}
