package dev.hydra.dialect.messages;

import static dev.hydra.dialect.messages.Talk.assistant;
import static dev.hydra.dialect.messages.Talk.messages;
import static dev.hydra.dialect.messages.Talk.options;
import static dev.hydra.dialect.messages.Talk.refusal;
import static dev.hydra.dialect.messages.Talk.refusalWith;
import static dev.hydra.dialect.messages.Talk.user;
import static dev.hydra.dialect.messages.Talk.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hydra.conversation.Conversation;
import dev.hydra.conversation.Format;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.Seal;
import dev.hydra.conversation.Thinking;
import dev.hydra.conversation.Thinking.Amount;
import dev.hydra.conversation.Tool;
import dev.hydra.conversation.ToolChoice;
import dev.hydra.conversation.Turn;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.InvalidRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesRequestTest {
    private static Part.Text text(String text) {
        return new Part.Text(text);
    }

    @Test
    void theOperatorSpeaksInATextOrInBlocksWithoutClaudeCodesAccounting() {
        assertThat(with("'system':'Be kind.'").conversation().system()).containsExactly(text("Be kind."));
        assertThat(with("'system':[{'type':'text','text':'x-anthropic-billing-header: cc_version=2.1;'},"
                + "{'type':'text','text':'Be kind.','cache_control':{'type':'ephemeral'}}]").conversation().system())
                .containsExactly(text("Be kind."));
    }

    @Test
    void aSystemMessageInMidConversationStaysWhereItIs() {
        Conversation talk = messages("{'role':'system','content':'First.'},{'role':'user','content':'a'},"
                + "{'role':'system','content':[{'type':'text','text':'Now this.'}]},{'role':'assistant','content':'b'}");

        assertThat(user("{'type':'mid_conversation_system','content':'Now this.'}"))
                .containsExactly(text("<system-reminder>\nNow this.\n</system-reminder>"));
        assertThat(talk.system()).containsExactly(text("First."));
        assertThat(talk.turns()).containsExactly(new Turn(Turn.Role.USER, List.of(text("a"))),
                new Turn(Turn.Role.USER, List.of(text("<system-reminder>\nNow this.\n</system-reminder>"))),
                new Turn(Turn.Role.MODEL, List.of(text("b"))));
    }

    @Test
    void picturesComeAsBytesByAddressOrAsAProvidersFile() {
        assertThat(user("{'type':'image','source':{'type':'base64','media_type':'image/PNG','data':'AA\\nAA'}},"
                + "{'type':'image','source':{'type':'url','url':'https://e.org/a.png'}},"
                + "{'type':'image','source':{'type':'file','file_id':'files/f1'}}")).extracting("mimeType", "source")
                .containsExactly(tuple("image/png", new Part.Source.Inline("AAAA")),
                        tuple("", new Part.Source.Link("https://e.org/a.png")),
                        tuple("", new Part.Source.Link("files/f1")));
    }

    @Test
    void documentsComeInFiveForms() {
        assertThat(user("{'type':'document','title':'T','context':'C','source':{'type':'text','media_type':'text/plain','data':'words'}},"
                + "{'type':'document','source':{'type':'content','content':[{'type':'text','text':'inner'}]}},"
                + "{'type':'search_result','title':'S','source':'https://e.org','content':[{'type':'text','text':'found'}]}"))
                .containsExactly(text("Document: T"), text("C"), text("words"), text("inner"), text("S\nhttps://e.org\nfound\n"));
        assertThat(user("{'type':'document','source':{'type':'base64','media_type':'application/pdf','data':'AAAA'}}").getFirst())
                .extracting("mimeType").isEqualTo("application/pdf");
        assertThat(user("{'type':'document','source':{'type':'url','url':'https://e.org/a.pdf'}}").getFirst()).extracting("source")
                .isEqualTo(new Part.Source.Link("https://e.org/a.pdf"));
    }

    @Test
    void callsAndResultsArePairedByIdAndNamedByTheCall() {
        Conversation talk = messages("{'role':'assistant','content':[{'type':'text','text':'Let me see.'},"
                + "{'type':'tool_use','id':'toolu_1','name':'read-file','input':{'b':1,'a':2}},"
                + "{'type':'tool_use','id':'toolu_2','name':'look','input':{}}]},"
                + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'toolu_2','is_error':true,'content':'gone'},"
                + "{'type':'tool_result','tool_use_id':'toolu_1','content':[{'type':'text','text':'x'},"
                + "{'type':'image','source':{'type':'base64','media_type':'image/png','data':'AAAA'}}]},"
                + "{'type':'tool_result','tool_use_id':'toolu_9'},{'type':'text','text':'Go on.'}]}");

        assertThat(talk.turns().get(0).parts().get(1)).hasToString(
                "ToolCall[id=1, name=read-file, arguments={\"b\":1,\"a\":2}, seal=Seal[origin=, value=]]");
        List<Part> answer = talk.turns().get(1).parts();
        assertThat(answer.get(0)).isEqualTo(new Part.ToolResult("2", "look", List.of(text("gone")), true));
        assertThat(answer.get(1)).extracting("callId", "name", "error").containsExactly("1", "read-file", false);
        assertThat(((Part.ToolResult) answer.get(1)).content()).hasSize(2);
        assertThat(answer.get(2)).isEqualTo(new Part.ToolResult("9", "", List.of(), false));
        assertThat(answer.get(3)).isEqualTo(text("Go on."));
    }

    @Test
    void aForeignThoughtKeepsItsOriginSoThatItNeverReachesAnother() {
        assertThat(assistant("{'type':'thinking','thinking':'Hm.','signature':'EqQBCg=='},{'type':'text','text':'So.'}"))
                .containsExactly(new Part.Thought("Hm.", new Seal("anthropic", "EqQBCg==")), text("So."));
        assertThat(assistant("{'type':'redacted_thinking','data':'x'}").getFirst()).extracting("dialect").isEqualTo("messages");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hydra.", "hydra.gemini", "hydra.gemini.call", "hydra.gemini.call.", "hydra.gemini.king.x", "hydra.none", ""})
    void aMarkThatCannotBeReadCarriesNothing(String signature) {
        assertThat(assistant("{'type':'thinking','thinking':'Hm.','signature':'" + signature + "'},"
                + "{'type':'tool_use','id':'a','name':'f','input':{}}")).extracting("seal").containsOnly(Seal.NONE);
    }

    @Test
    void whatAHostedToolFoundIsToldAsText() {
        assertThat(assistant("{'type':'server_tool_use','id':'s','name':'web_search','input':{'query':'q'}},"
                + "{'type':'web_search_tool_result','tool_use_id':'s','content':[{'type':'web_search_result','title':'T','url':'https://e.org',"
                + "'encrypted_content':'x'}]},{'type':'server_tool_use','id':'c','name':'code_execution','input':{'code':'print(4)'}},"
                + "{'type':'code_execution_tool_result','tool_use_id':'c','content':{'type':'code_execution_result','stdout':'4\\n',"
                + "'stderr':'','return_code':0}},{'type':'web_fetch_tool_result','content':{'url':'https://e.org/p',"
                + "'content':{'type':'document','source':{'type':'text','data':'page'}}}}"))
                .containsExactly(text("Search results:\n- T (https://e.org)\n"), text("```python\nprint(4)\n```\n"),
                        text("```output\n4\n```\n"), text("https://e.org/p"), text("page"));
    }

    @Test
    void aBlockThatTheNextVersionInventsDoesNotEndAConversation() {
        ClientRequest request = Talk.request("{'model':'m','messages':[{'role':'user','content':'a'},"
                + "{'role':'assistant','content':[{'type':'hologram'},{'type':'text','text':'b'}]}]}");

        assertThat(request.ignored()).containsExactly("messages[].content[].hologram");
        assertThat(request.conversation().turns().get(1).parts()).containsExactly(text("b"));
    }

    @Test
    void toolsAreFunctionsHostedOnesOrThoseWhoseSchemaOnlyClaudeKnows() {
        ClientRequest request = with("'tools':[{'name':'f','description':'d','input_schema':{'type':'object'},'strict':true,"
                + "'cache_control':{'type':'ephemeral'},'defer_loading':true,'eager_input_streaming':true,'input_examples':[{'a':1}]},"
                + "{'type':'web_search_20250305','name':'web_search','max_uses':5},{'type':'web_fetch_20250910','name':'web_fetch'},"
                + "{'type':'code_execution_20260120','name':'code_execution'},{'type':'bash_20250124','name':'bash'},"
                + "{'type':'text_editor_20250728','name':'str_replace_based_edit_tool'},{'type':'memory_20250818','name':'memory'},"
                + "{'type':'computer_20251124','name':'computer','display_width_px':1},{'type':'tool_search_tool_bm25_20251119','name':'t'}]");

        List<Tool> tools = request.conversation().tools();
        assertThat(tools.getFirst()).extracting("name", "description", "strict").containsExactly("f", "d", true);
        assertThat(tools.stream().filter(Tool.Hosted.class::isInstance)).extracting("kind").containsExactly(Tool.Kind.WEB_SEARCH,
                Tool.Kind.URL_CONTEXT, Tool.Kind.CODE_EXECUTION);
        assertThat(tools.stream().filter(Tool.Function.class::isInstance)).extracting("name").containsExactly("f", "bash",
                "str_replace_based_edit_tool", "memory", "computer");
        assertThat(((Tool.Function) tools.get(4)).parameters().getJsonObject("properties")).containsKey("command");
        assertThat(request.ignored()).containsExactly("tools[].input_examples", "tools[].max_uses", "tools[8]");
    }

    @ParameterizedTest
    @CsvSource({"auto,AUTO", "any,REQUIRED", "none,NONE"})
    void theChoiceOfTools(String word, ToolChoice.Mode mode) {
        assertThat(with("'tools':[{'name':'f'}],'tool_choice':{'type':'" + word + "'}").conversation().toolChoice())
                .isEqualTo(new ToolChoice(mode, List.of()));
    }

    @Test
    void theChoiceOfOneToolAndOfOneCallAtATime() {
        ClientRequest named = with(
                "'tools':[{'name':'f'},{'name':'g'}],'tool_choice':{'type':'tool','name':'g','disable_parallel_tool_use':true}");
        assertThat(named.conversation().toolChoice()).isEqualTo(new ToolChoice(ToolChoice.Mode.REQUIRED, List.of("g")));
        assertThat(named.conversation().options().parallelCalls()).isFalse();
        assertThat(with("'tool_choice':{'type':'any'}").conversation().toolChoice()).isEqualTo(ToolChoice.UNSET);
        ClientRequest hosted = with(
                "'tools':[{'type':'web_search_20250305','name':'web_search'}],'tool_choice':{'type':'tool','name':'web_search'}");
        assertThat(hosted.conversation().toolChoice()).isEqualTo(ToolChoice.UNSET);
        assertThat(hosted.ignored()).containsExactly("tool_choice");
    }

    @Test
    void thinkingIsABudgetAnEffortOrOff() {
        assertThat(options("'thinking':{'type':'enabled','budget_tokens':2048}").thinking())
                .isEqualTo(new Thinking(new Amount.Budget(2048), Optional.of(true)));
        assertThat(options("'thinking':{'type':'adaptive'},'output_config':{'effort':'xhigh'}").thinking().amount())
                .isEqualTo(new Amount.Effort("xhigh"));
        assertThat(options("'thinking':{'type':'adaptive','display':'omitted'}").thinking())
                .isEqualTo(new Thinking(new Amount.ByModel(), Optional.of(false)));
        assertThat(options("'thinking':{'type':'disabled'}").thinking().amount()).isEqualTo(new Amount.Off());
        assertThat(options("'output_config':{'effort':'low'}").thinking().amount()).isEqualTo(new Amount.Effort("low"));
        assertThat(options("").thinking()).isEqualTo(Thinking.UNSET);
    }

    @Test
    void theAnswersFormAndItsLimits() {
        assertThat(options("'output_config':{'format':{'type':'json_schema','schema':{'type':'object'}}}").format())
                .isInstanceOf(Format.Schema.class);
        assertThat(options("'output_format':{'type':'json_schema','schema':{'type':'object'}}").format()).isInstanceOf(Format.Schema.class);
        assertThat(options("'stop_sequences':['a','']").stop()).containsExactly("a");
        assertThat(options("'temperature':0.5,'top_p':0.9,'top_k':40").sampling()).hasToString(
                "Sampling[temperature=OptionalDouble[0.5], topP=OptionalDouble[0.9], topK=OptionalInt[40], seed=OptionalLong.empty, "
                        + "presencePenalty=OptionalDouble.empty, frequencyPenalty=OptionalDouble.empty]");
        assertThat(Talk.request("{'model':'m','max_tokens':1048576,'messages':[{'role':'user','content':'a'}]}").conversation().options()
                .maxTokens()).hasValue(1048576);
        assertThat(options("'service_tier':'standard_only'").serviceTier()).isEqualTo("standard");
    }

    @Test
    void unknownFieldsAreListedAndThoseThatAskForNothingAreNot() {
        assertThat(with("'context_management':{'edits':[]},'mcp_servers':[{'name':'x'}],'container':'c','speed':'fast',"
                + "'metadata':{'user_id':'u'},'cache_control':{'type':'ephemeral'},'service_tier':'auto','thread':false").ignored())
                .containsExactly("context_management", "mcp_servers", "container", "speed");
    }

    @Test
    void aThreadIsRefusedInTheWayThatTheSdkUnderstands() {
        InvalidRequest refused = refusalWith("'thread':{'type':'create'}");
        assertThat(refused.field()).isEqualTo("thread");
        assertThat(new String(new MessagesDialect().error(new Failure(Failure.Kind.INVALID_REQUEST,
                refused.getMessage(), refused.field(), Optional.empty()), "req_1"), StandardCharsets.UTF_8))
                .contains("\"details\":{\"error_code\":\"thread_unsupported_request\",\"unsupported\":[\"thread\"]}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"'messages':[]|messages", "'messages':'hi'|messages", "'messages':[7]|messages[0]",
        "'messages':[{'role':'king','content':'a'}]|messages[0].role", "'messages':[{'role':'user'}]|messages[0].content",
        "'messages':[{'role':'user','content':7}]|messages[0].content",
        "'messages':[{'role':'user','content':['a']}]|messages[0].content[0]",
        "'messages':[{'role':'user','content':[{'text':'a'}]}]|messages[0].content[0].type",
        "'messages':[{'role':'user','content':[{'type':'hologram'}]}]|messages[0].content[0].type",
        "'messages':[{'role':'user','content':[{'type':'image'}]}]|messages[0].content[0].source",
        "'messages':[{'role':'user','content':[{'type':'image','source':{'type':'base64','data':'%'}}]}]|messages[0].content[0].source.data",
        "'messages':[{'role':'user','content':[{'type':'image','source':{'type':'url','url':'ftp:x'}}]}]|messages[0].content[0].source.url",
        "'messages':[{'role':'user','content':[{'type':'image','source':{'type':'file','file_id':'f'}}]}]|messages[0].content[0].source.file_id",
        "'messages':[{'role':'user','content':[{'type':'tool_result'}]}]|messages[0].content[0].tool_use_id",
        "'messages':[{'role':'assistant','content':[{'type':'tool_use','id':'a','input':{}}]}]|messages[0].content[0].name",
        "'messages':[{'role':'assistant','content':[{'type':'tool_use','id':'a','name':'f','input':'x'}]}]|messages[0].content[0].input"})
    void aMessageThatCannotBeReadIsNamed(String field, String path) {
        assertThat(refusal("{'model':'m'," + field + "}").field()).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"'tools':'all'|tools", "'tools':[{}]|tools[0].name", "'tools':[{'name':''}]|tools[0].name",
        "'tools':[{'name':'f','input_schema':[]}]|tools[0].input_schema",
        "'tools':[{'name':'f'}],'tool_choice':'auto'|tool_choice",
        "'tools':[{'name':'f'}],'tool_choice':{'type':'king'}|tool_choice.type",
        "'tools':[{'name':'f'}],'tool_choice':{'type':'tool'}|tool_choice.name",
        "'thinking':true|thinking", "'thinking':{'type':'much'}|thinking.type", "'temperature':'hot'|temperature",
        "'thinking':{'type':'enabled','budget_tokens':'x'}|thinking.budget_tokens", "'stop_sequences':'a'|stop_sequences",
        "'output_config':7|output_config", "'output_config':{'effort':'heroic'}|output_config.effort",
        "'output_config':{'format':{'type':'xml'}}|output_config.format.type",
        "'output_config':{'format':{'type':'json_schema'}}|output_config.format.schema", "'service_tier':'gold'|service_tier",
        "'system':7|system"})
    void anOptionThatCannotBeReadIsNamed(String fields, String path) {
        assertThat(refusalWith(fields).field()).isEqualTo(path);
    }
}
