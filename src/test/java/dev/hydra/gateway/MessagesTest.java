package dev.hydra.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydra.demo.Refusal;
import dev.hydra.dialect.messages.MessagesDialect;
import dev.hydra.support.FakeGemini;
import dev.hydra.wire.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Anthropic's clients before a simulated Gemini. */
class MessagesTest extends WithGateway {
    private static final String HEAD = "{'model':'gemini-3-flash-preview','max_tokens':9000,'tools':[{'name':'now'}],";
    private static final String ASK = "'messages':[{'role':'user','content':'Time?'}";

    private final MessagesDialect dialect = new MessagesDialect();

    private Answer answer(String body) {
        return gateway.answer(dialect, body.replace('\'', '"'));
    }

    private static String goingOn(JsonArray content, String id) {
        return ASK + ",{'role':'assistant','content':" + content + "},{'role':'user','content':[{'type':'tool_result','tool_use_id':'" + id
                + "','content':'12:00'}]}]}";
    }

    private static JsonObject block(JsonObject message, String type) {
        return message.getJsonArray("content").getValuesAs(JsonObject.class).stream().filter(each -> each.getString("type").equals(type))
                .findFirst().orElseThrow();
    }

    @Test
    void aClaudeNameIsAnsweredByGeminiAndTheReplyBearsTheNameAskedFor() {
        with("k1");
        Answer answer = answer("{'model':'claude-sonnet-4-5-20250929','max_tokens':9000," + ASK + "]}");

        assertThat(TestGateway.json(answer).getString("model")).isEqualTo("claude-sonnet-4-5-20250929");
        assertThat(answer.headers()).containsEntry("Hydra-Model", "gemini-flash-latest").containsKeys("request-id", "x-request-id");
        assertThat(gemini.takeRequest().path()).contains("/models/gemini-flash-latest:");
    }

    @Test
    void aSignatureGoesBackToGeminiInTheThinkingInFrontOfItsCall() {
        with("k1");
        String thinking = HEAD + "'thinking':{'type':'enabled','budget_tokens':1024},";
        JsonObject message = TestGateway.json(answer(thinking + "'tool_choice':{'type':'any'}," + ASK + "]}"));
        String signature = block(message, "thinking").getString("signature");
        gemini.takeRequest();
        gateway.close();
        with("k1"); // another node: nothing is remembered

        Answer answer = answer(thinking + goingOn(message.getJsonArray("content"), block(message, "tool_use").getString("id")));

        assertThat(signature).startsWith("hydra.gemini.call.");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(gemini.takeRequest().text()).contains(signature.substring("hydra.gemini.call.".length())).doesNotContain("hydra.");
    }

    @Test
    void aSignatureThatTheClientDroppedIsRemembered() {
        with("k1");
        JsonObject message = TestGateway.json(answer(HEAD + "'tool_choice':{'type':'any'}," + ASK + "]}"));
        gemini.takeRequest();

        Answer answer = answer(HEAD + goingOn(message.getJsonArray("content"), block(message, "tool_use").getString("id")));

        assertThat(message.getJsonArray("content")).hasSize(1);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(gemini.takeRequest().text()).contains("thoughtSignature").doesNotContain("skip_thought_signature_validator");
    }

    @Test
    void claudesSignatureNeverReachesGemini() {
        with("k1");
        Answer answer = answer(HEAD + goingOn(Json.object(("{'a':[{'type':'thinking','thinking':'Hm.','signature':'EqQBclaude'},"
                + "{'type':'redacted_thinking','data':'EmwKclaude'},{'type':'tool_use','id':'toolu_1','name':'now','input':{}}]}")
                .replace('\'', '"')).getJsonArray("a"), "toolu_1"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(gemini.takeRequest().text()).doesNotContain("claude\"").contains("skip_thought_signature_validator");
    }

    @Test
    void aProviderWithoutCapacityIsAnthropicsOverload() {
        gemini.failKey("k1", Refusal.OVERLOADED);
        with("k1");
        Answer answer = answer(HEAD + ASK + "]}");

        assertThat(answer.status()).isEqualTo(529);
        assertThat(error(answer).getString("type")).isEqualTo("overloaded_error");
    }

    @Test
    void aThreadIsRefusedSoThatTheSdkSendsTheWholeConversation() {
        with("k1");
        Answer answer = answer(HEAD + "'thread':{'type':'create'}," + ASK + "]}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(error(answer).getJsonObject("details").getString("error_code")).isEqualTo("thread_unsupported_request");
    }

    @Test
    void aStreamThatBreaksEndsInAnErrorEventAndIsCut() {
        gemini.enqueue(FakeGemini.events("{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"Once\"}]}}]}"));
        with("k1");
        Answer answer = answer(HEAD + "'stream':true," + ASK + "]}");
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        assertThatThrownBy(() -> ((Answer.Streamed) answer).body().writeTo(out)).isInstanceOf(Answer.BrokenReply.class);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Once", "event: error").doesNotContain("message_stop");
    }

    @Test
    void aHugeLimitIsClamped() {
        with("k1");
        assertThat(answer("{'model':'gemini-2.5-flash','max_tokens':1048576," + ASK + "]}").status()).isEqualTo(200);
        assertThat(gemini.takeRequest().text()).contains("\"maxOutputTokens\":65536");
    }
}
