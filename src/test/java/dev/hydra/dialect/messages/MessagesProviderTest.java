package dev.hydra.dialect.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hydra.conversation.Conversation;
import dev.hydra.conversation.Format;
import dev.hydra.conversation.Options;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.Sampling;
import dev.hydra.conversation.Seal;
import dev.hydra.conversation.Thinking;
import dev.hydra.conversation.Thinking.Amount;
import dev.hydra.conversation.Tool;
import dev.hydra.conversation.ToolChoice;
import dev.hydra.conversation.Turn;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.dialect.ProviderRequest;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesProviderTest {
    private static final MessagesProvider PROVIDER = new MessagesProvider();
    private static final String NEW = "claude-opus-4-8";
    private static final String OLD = "claude-sonnet-4-5-20250929";

    private static JsonObject json(String text) {
        return Json.object(text.replace('\'', '"'));
    }

    private static JsonObject written(ProviderRequest request) {
        return Json.object(request.body());
    }

    /** A Messages request, read and written again. */
    private static ProviderRequest again(String request, String model) {
        ClientRequest read = Talk.request(request);
        return PROVIDER.write(read.conversation(), model);
    }

    private static Turn user(Part... parts) {
        return new Turn(Turn.Role.USER, List.of(parts));
    }

    private static Turn model(Part... parts) {
        return new Turn(Turn.Role.MODEL, List.of(parts));
    }

    private static Part.ToolCall call(String id, String name) {
        return new Part.ToolCall(id, name, JsonValue.EMPTY_JSON_OBJECT, Seal.gemini("c2ln"));
    }

    private static JsonObject talk(Turn... turns) {
        return written(PROVIDER.write(new Conversation(List.of(), List.of(turns), List.of(), ToolChoice.UNSET, Options.UNSET), NEW));
    }

    private static Options options(Sampling sampling, Thinking thinking, Format format, int maxTokens) {
        return new Options(sampling, thinking, format, OptionalInt.of(maxTokens), List.of("END", " "), 1, OptionalInt.empty(), true,
                List.of(), "", "", JsonValue.EMPTY_JSON_OBJECT);
    }

    private static ProviderRequest with(Options options, String model) {
        return PROVIDER.write(new Conversation(List.of(), List.of(user(new Part.Text("hi"))), List.of(), ToolChoice.UNSET, options), model);
    }

    @Test
    void aRequestOfItsOwnClientsComesOutAsItWentIn() {
        String request = "{'model':'m','max_tokens':9000,'system':[{'type':'text','text':'Be kind.'}],'messages':["
                + "{'role':'user','content':[{'type':'text','text':'What?'},"
                + "{'type':'image','source':{'type':'base64','media_type':'image/png','data':'AAAA'}},"
                + "{'type':'image','source':{'type':'url','url':'https://e.org/a.png'}},"
                + "{'type':'document','source':{'type':'base64','media_type':'application/pdf','data':'AAAA'}}]},"
                + "{'role':'assistant','content':[{'type':'thinking','thinking':'Hm.','signature':'EqQB'},"
                + "{'type':'redacted_thinking','data':'x'},{'type':'text','text':'Let me look.'},"
                + "{'type':'tool_use','id':'toolu_1','name':'look','input':{'b':1,'a':2}}]},"
                + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'toolu_1','is_error':true,"
                + "'content':[{'type':'text','text':'gone'}]},{'type':'text','text':'Go on.'}]}],"
                + "'tools':[{'name':'look','description':'d','input_schema':{'type':'object','properties':{}}}],"
                + "'tool_choice':{'type':'auto','disable_parallel_tool_use':true},"
                + "'thinking':{'type':'enabled','budget_tokens':2048},'stop_sequences':['END']}";

        ProviderRequest written = again(request, OLD);

        JsonObject expected = Json.objectBuilder(json(request)).add("model", OLD).build();
        assertThat(written(written)).isEqualTo(expected);
        assertThat(written.ignored()).isEmpty();
    }

    @Test
    void noSignatureButItsOwnReachesAnthropic() {
        JsonObject body = talk(user(new Part.Text("a")), model(new Part.Thought("Hm.", Seal.gemini("c2ln")), call("c", "f")),
                user(new Part.ToolResult("c", "f", List.of(new Part.Text("r")), false)));

        assertThat(body.toString()).doesNotContain("c2ln", "Hm.");
    }

    @Test
    void anyOrderOfTurnsKeepsAnthropicsGrammar() {
        JsonObject body = talk(model(new Part.Text("Hello."), call("c:1", "f"), call("c:1", "g")), user(new Part.Text("wait")),
                user(new Part.ToolResult("c:1", "f", List.of(new Part.Text("r"), new Part.Text(" ")), false),
                        new Part.ToolResult("zzz", "", List.of(new Part.Text("lost")), false)),
                model(new Part.Text("So. "), call("d", "h")));

        assertThat(body.getJsonArray("messages").toString().replaceAll("\"id\":\"[a-zA-Z0-9_-]+\"", "\"id\":\"#\"")
                .replaceAll("\"tool_use_id\":\"[a-zA-Z0-9_-]+\"", "\"tool_use_id\":\"#\"").replace('"', '\'')).isEqualTo(
                        "[{'role':'user','content':[{'type':'text','text':'(The beginning is left out.)'}]},"
                                + "{'role':'assistant','content':[{'type':'text','text':'Hello.'},"
                                + "{'type':'tool_use','id':'#','name':'f','input':{}},{'type':'tool_use','id':'#','name':'g','input':{}}]},"
                                + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'#','content':[{'type':'text','text':'r'}]},"
                                + "{'type':'tool_result','tool_use_id':'#','is_error':true,'content':[{'type':'text','text':"
                                + "'no result supplied'}]},{'type':'text','text':'wait'},"
                                + "{'type':'text','text':'[tool result for unknown call zzz]'},{'type':'text','text':'lost'}]},"
                                + "{'role':'assistant','content':[{'type':'text','text':'So.'}]}]");
    }

    @Test
    void callsOfOneIdGetTwo() {
        JsonObject message = talk(user(new Part.Text("a")), model(call("c", "f"), call("c", "f")), user(new Part.Text("b")))
                .getJsonArray("messages").getJsonObject(1);

        assertThat(message.getJsonArray("content")).extracting(each -> each.asJsonObject().getString("id")).doesNotHaveDuplicates();
    }

    @Test
    void systemTextAloneIsWhatTheUserSays() {
        assertThat(written(PROVIDER.write(new Conversation(List.of(new Part.Text("Hi.")), List.of(), List.of(), ToolChoice.UNSET,
                Options.UNSET), NEW))).isEqualTo(json("{'model':'" + NEW + "','max_tokens':8192,'messages':[{'role':'user','content':"
                        + "[{'type':'text','text':'Hi.'}]}]}"));
    }

    @Test
    void newerModelsTakeAnEffortAndOlderOnesABudget() {
        Thinking high = new Thinking(new Amount.Effort("high"), Optional.of(true));
        Thinking budget = new Thinking(new Amount.Budget(5000), Optional.of(false));

        assertThat(written(with(options(Sampling.UNSET, high, new Format.Plain(), 30000), NEW))).isEqualTo(json("{'model':'" + NEW
                + "','max_tokens':30000,'messages':[{'role':'user','content':[{'type':'text','text':'hi'}]}],"
                + "'thinking':{'type':'adaptive'},'output_config':{'effort':'high'},'stop_sequences':['END']}"));
        assertThat(written(with(options(Sampling.UNSET, budget, new Format.Plain(), 30000), NEW)).getJsonObject("thinking"))
                .isEqualTo(json("{'type':'adaptive','display':'omitted'}"));
        assertThat(written(with(options(Sampling.UNSET, high, new Format.Plain(), 30000), OLD)).getJsonObject("thinking"))
                .isEqualTo(json("{'type':'enabled','budget_tokens':24576}"));
        assertThat(written(with(options(Sampling.UNSET, high, new Format.Plain(), 4000), OLD)).getJsonObject("thinking"))
                .isEqualTo(json("{'type':'enabled','budget_tokens':3999}"));
        assertThat(written(with(options(Sampling.UNSET, new Thinking(new Amount.Off(), Optional.empty()), new Format.Plain(), 9), NEW))
                .getJsonObject("thinking")).isEqualTo(json("{'type':'disabled'}"));
    }

    @Test
    void thinkingThatAnthropicWouldRefuseIsLeftOutAndListed() {
        Thinking high = new Thinking(new Amount.Effort("high"), Optional.empty());
        Options options = options(Sampling.UNSET, high, new Format.Plain(), 30000);
        Tool tool = new Tool.Function("f", "", JsonValue.EMPTY_JSON_OBJECT, false);
        ProviderRequest forced = PROVIDER.write(new Conversation(List.of(), List.of(user(new Part.Text("hi"))), List.of(tool),
                new ToolChoice(ToolChoice.Mode.REQUIRED, List.of()), options), NEW);
        ProviderRequest foreign = PROVIDER.write(new Conversation(List.of(), List.of(user(new Part.Text("hi")), model(call("c", "f")),
                user(new Part.ToolResult("c", "f", List.of(), false))), List.of(tool), ToolChoice.UNSET, options), NEW);
        ProviderRequest small = with(options(Sampling.UNSET, high, new Format.Plain(), 500), OLD);

        for (ProviderRequest request : List.of(forced, foreign, small)) {
            assertThat(written(request)).doesNotContainKey("thinking");
            assertThat(request.ignored()).contains("thinking");
        }
    }

    @Test
    void whatAnthropicDoesNotTakeIsListed() {
        Sampling all = new Sampling(OptionalDouble.of(1.5), OptionalDouble.of(0.9), OptionalInt.of(40), OptionalLong.of(7),
                OptionalDouble.of(0.5), OptionalDouble.of(0));
        ProviderRequest request = with(options(all, Thinking.UNSET, new Format.Plain(), 9), NEW);
        ProviderRequest thinking = with(options(all, new Thinking(new Amount.Effort("low"), Optional.empty()), new Format.Plain(), 9), NEW);

        assertThat(written(request)).containsEntry("temperature", json("{'a':1.0}").get("a")).containsKey("top_k")
                .doesNotContainKey("top_p");
        assertThat(request.ignored()).containsExactly("temperature", "top_p", "seed", "presence_penalty", "stop");
        assertThat(written(thinking)).doesNotContainKeys("temperature", "top_p", "top_k");
        assertThat(thinking.ignored()).containsExactly("temperature", "top_p", "top_k", "seed", "presence_penalty", "stop");
    }

    @Test
    void aFormIsToldInWords() {
        JsonObject body = written(with(options(Sampling.UNSET, Thinking.UNSET,
                new Format.Schema("", "", json("{'type':'object','maxProperties':1}"), true), 9), NEW));

        assertThat(body.getJsonArray("system").toString()).contains("maxProperties");
    }

    @Test
    void toolsOfEveryKind() {
        List<Tool> tools = List.of(new Tool.Function("a.b", "", JsonValue.EMPTY_JSON_OBJECT, true),
                new Tool.Custom("sh", "Shell", JsonValue.EMPTY_JSON_OBJECT), new Tool.Hosted(Tool.Kind.WEB_SEARCH, json("{}")),
                new Tool.Hosted(Tool.Kind.MAPS, json("{}")));
        ProviderRequest request = PROVIDER.write(new Conversation(List.of(), List.of(user(new Part.Text("hi"))), tools,
                new ToolChoice(ToolChoice.Mode.REQUIRED, List.of("a.b")), Options.UNSET), NEW);

        assertThat(written(request).getJsonArray("tools").toString().replace('"', '\'')).isEqualTo(
                "[{'name':'a_b','input_schema':{'type':'object'}},{'type':'web_search_20250305','name':'web_search'}]");
        assertThat(written(request).getJsonObject("tool_choice")).isEqualTo(json("{'type':'tool','name':'a_b'}"));
        assertThat(request.ignored()).containsExactly("tools.maps");
    }

    @ParameterizedTest
    @ValueSource(strings = {"audio/wav", "video/mp4", ""})
    void aMediumThatAnthropicCannotTakeIsRefused(String type) {
        Part sound = new Part.Media(type, new Part.Source.Inline("AAAA"), "", "", JsonValue.EMPTY_JSON_OBJECT, Seal.NONE);
        assertThat(catchThrowableOfType(InvalidRequest.class, () -> talk(user(sound))).field()).isEqualTo("messages");
    }

    @Test
    void severalAnswersAreRefused() {
        Options two = new Options(Sampling.UNSET, Thinking.UNSET, new Format.Plain(), OptionalInt.empty(), List.of(), 2,
                OptionalInt.empty(), true, List.of(), "", "", JsonValue.EMPTY_JSON_OBJECT);
        assertThat(catchThrowableOfType(InvalidRequest.class, () -> with(two, NEW)).field()).isEqualTo("n");
    }

    @ParameterizedTest
    @CsvSource({"https://e.org/a.png,true", "http://e.org/a.png,false", "gs://b/a.png,false", "files/f1,false",
        "https://generativelanguage.googleapis.com/v1beta/files/f1,false"})
    void linksThatAnthropicReadsItself(String uri, boolean takes) {
        assertThat(PROVIDER.takesLink(uri)).isEqualTo(takes);
    }
}
