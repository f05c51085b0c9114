package dev.hydra.dialect.responses;

import static dev.hydra.dialect.responses.Responses.request;
import static dev.hydra.dialect.responses.Responses.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydra.conversation.ReplyEvent;
import dev.hydra.conversation.ReplyEvent.CallArguments;
import dev.hydra.conversation.ReplyEvent.CallStarted;
import dev.hydra.conversation.ReplyEvent.ThoughtDelta;
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

/** Responses towards a provider; what all formats have in common is in the contract test. */
class ResponsesProviderTest {
    private static ProviderRequest written(String fields) {
        return new ResponsesDialect().write(with(fields).conversation(), "gpt-x");
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

    @Test
    void nothingIsStoredThereAndAStreamIsAskedForInTheBody() {
        ProviderRequest request = written("");

        assertThat(Json.object(request.body()).getBoolean("store")).isFalse();
        assertThat(Json.object(request.body()).containsKey("stream")).isFalse();
        assertThat(Json.object(request.body(true)).getBoolean("stream")).isTrue();
        assertThat(Json.object(request.body()).getJsonArray("include")).hasToString("[\"reasoning.encrypted_content\"]");
    }

    @Test
    void optionsAreSaidInItsWords() {
        JsonObject body = body(
                "'temperature':0.5,'max_output_tokens':9,'reasoning':{'effort':'high','summary':'auto'},'parallel_tool_calls':false,"
                        + "'text':{'format':{'type':'json_schema','name':'p','schema':{'type':'object'},'strict':true}},'service_tier':'flex',"
                        + "'tools':[{'type':'function','name':'a.b','parameters':{'type':'object'}},{'type':'web_search'}],"
                        + "'tool_choice':{'type':'function','name':'a.b'}");

        assertThat(body.getJsonObject("reasoning")).hasToString("{\"effort\":\"high\",\"summary\":\"auto\"}");
        assertThat(body.getJsonObject("text").getJsonObject("format").getString("name")).isEqualTo("p");
        assertThat(body.getInt("max_output_tokens")).isEqualTo(9);
        assertThat(body.getString("service_tier")).isEqualTo("flex");
        assertThat(body.getBoolean("parallel_tool_calls")).isFalse();
        assertThat(body.getJsonArray("tools").getJsonObject(0).getString("name")).isEqualTo("a_b");
        assertThat(body.getJsonArray("tools").getJsonObject(1).getString("type")).isEqualTo("web_search");
        assertThat(body.getJsonObject("tool_choice")).hasToString("{\"type\":\"function\",\"name\":\"a_b\"}");
    }

    @Test
    void whatItCannotCarryIsListed() {
        assertThat(written("'seed':1,'top_k':2").ignored()).containsExactly("top_k", "seed");
    }

    @Test
    void itsOwnThoughtsGoBackToItAndGeminisDoNot() {
        String own = "{'type':'reasoning','summary':[{'type':'summary_text','text':'hm'}],'encrypted_content':'hydra:v1:responses:thought:gAAA'}";
        String foreign = own.replace("responses:thought:gAAA", "gemini:thought:c2ln");
        String body = new String(
                new ResponsesDialect().write(request("{'model':'m','input':[{'role':'user','content':'x'}," + own + "," + foreign
                        + ",{'role':'assistant','content':'y'},{'role':'user','content':'z'}]}").conversation(), "m").body(),
                StandardCharsets.UTF_8);

        assertThat(body).contains("\"encrypted_content\":\"gAAA\"").doesNotContain("c2ln").doesNotContain("hydra:v1");
    }

    @Test
    void thoughtsCallsAndUsageAreUnderstood() {
        List<ReplyEvent> events = events(written("'tools':[{'type':'custom','name':'patch'}]"),
                "{'type':'response.created','response':{'id':'r','model':'x'}}",
                "{'type':'response.output_item.done','item':{'type':'reasoning','id':'i','summary':[],'encrypted_content':'gAAA'}}",
                "{'type':'response.output_item.added','item':{'type':'custom_tool_call','id':'j','call_id':'c','name':'patch','input':''}}",
                "{'type':'response.output_item.done','item':{'type':'custom_tool_call','id':'j','call_id':'c','name':'patch','input':'*** a'}}",
                "{'type':'response.completed','response':{'status':'completed','usage':{'input_tokens':3,'input_tokens_details':{'cached_tokens':1},"
                        + "'output_tokens':4,'output_tokens_details':{'reasoning_tokens':2},'total_tokens':7}}}");

        assertThat(events).contains(new ThoughtDelta(0, "", new Seal("responses", "gAAA")), new CallStarted(0, 0, "c", "patch", Seal.NONE),
                new CallArguments(0, 0, "{\"input\":\"*** a\"}"));
        assertThat(((UsageReported) events.getLast()).usage()).satisfies(usage -> {
            assertThat(usage.cached()).isEqualTo(1);
            assertThat(usage.reasoning()).isEqualTo(2);
        });
    }

    @Test
    void aFailedResponseIsAnErrorAndACutOneHasNoEnd() {
        assertThat(events(written(""),
                "{'type':'response.failed','response':{'status':'failed','error':{'code':'server_error','message':'m'}}}"))
                .singleElement().isInstanceOf(ReplyEvent.ProviderError.class);
        assertThat(events(written(""), "{'type':'response.output_text.delta','item_id':'i','delta':'a'}")).hasSize(1);
    }

    @Test
    void nonsenseIsNoReply() {
        assertThatThrownBy(() -> events(written(""), "<html>")).isInstanceOf(ReplyReader.MalformedReply.class);
    }
}
