package dev.hydra.dialect.responses;

import static dev.hydra.dialect.responses.Responses.refusalWith;
import static dev.hydra.dialect.responses.Responses.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.conversation.Format;
import dev.hydra.conversation.Options;
import dev.hydra.conversation.Thinking.Amount;
import dev.hydra.conversation.Tool;
import dev.hydra.conversation.ToolChoice;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponsesOptionsTest {
    private static Options options(String fields) {
        return with(fields).conversation().options();
    }

    @Test
    void whatIsCarried() {
        Options read = options("'temperature':0.5,'top_p':0.9,'max_output_tokens':100,'parallel_tool_calls':false,'service_tier':'flex',"
                + "'reasoning':{'effort':'high','summary':'auto'},'top_logprobs':3");

        assertThat(read.sampling().temperature()).isEqualTo(OptionalDouble.of(0.5));
        assertThat(read.sampling().topP()).isEqualTo(OptionalDouble.of(0.9));
        assertThat(read.maxTokens()).isEqualTo(OptionalInt.of(100));
        assertThat(read.parallelCalls()).isFalse();
        assertThat(read.serviceTier()).isEqualTo("flex");
        assertThat(read.thinking().amount()).isEqualTo(new Amount.Effort("high"));
        assertThat(read.thinking().show()).isEqualTo(Optional.of(true));
        assertThat(read.topLogprobs()).isEqualTo(OptionalInt.of(3));
        assertThat(options("'include':['message.output_text.logprobs']").topLogprobs()).isEqualTo(OptionalInt.of(0));
    }

    @Test
    void theFormOfTheText() {
        assertThat(options("'text':{'format':{'type':'json_schema','name':'p','schema':{'type':'object'},'strict':true}}").format())
                .isInstanceOfSatisfying(Format.Schema.class, schema -> {
                    assertThat(schema.name()).isEqualTo("p");
                    assertThat(schema.strict()).isTrue();
                });
        assertThat(options("'text':{'format':{'type':'json_object'}}").format()).isInstanceOf(Format.AnyJson.class);
        assertThat(options("'text':{'format':{'type':'text'}}").format()).isInstanceOf(Format.Plain.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"'max_tool_calls':3|max_tool_calls", "'truncation':'auto'|truncation",
        "'text':{'verbosity':'low'}|text.verbosity", "'include':['web_search_call.action.sources']|include.web_search_call.action.sources",
        "'dance':true|dance", "'tools':[{'type':'mcp','server_label':'x'}]|tools[0]", "'service_tier':'scale'|service_tier"})
    void whatIsNotCarriedIsListed(String fields, String listed) {
        assertThat(with(fields).ignored()).containsExactly(listed);
    }

    @Test
    void whatIsToldBackOrAsksForNothingIsNotListed() {
        assertThat(
                with("'store':true,'metadata':{'a':'b'},'user':'u','prompt_cache_key':'k','safety_identifier':'s','truncation':'disabled',"
                        + "'client_metadata':{'x':1},'stream_options':{'include_obfuscation':false},'background':false,'previous_response_id':null,"
                        + "'tools':[{'type':'tool_search'}]").ignored())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"'background':true|background", "'conversation':'conv_1'|conversation",
        "'prompt':{'id':'p'}|prompt", "'temperature':'warm'|temperature", "'max_output_tokens':0|max_output_tokens",
        "'top_logprobs':21|top_logprobs", "'text':{'format':{'type':'xml'}}|text.format.type", "'text':5|text",
        "'reasoning':{'effort':'lots'}|reasoning.effort", "'include':'all'|include", "'store':'yes'|store", "'tools':{}|tools",
        "'tools':[{'type':'function'}]|tools[0].name", "'previous_response_id':7|previous_response_id"})
    void whatWouldChangeTheMeaningIsRefused(String fields, String field) {
        assertThat(refusalWith(fields).field()).isEqualTo(field);
    }

    @Test
    void functionsAreStrictUnlessTheySayOtherwise() {
        List<Tool> tools = with("'tools':[{'type':'function','name':'f','parameters':{'type':'object'}},"
                + "{'type':'function','name':'g','strict':false},{'type':'custom','name':'sh','format':{'type':'text'}},"
                + "{'type':'web_search','search_context_size':'low'},{'type':'code_interpreter','container':{'type':'auto'}}]")
                .conversation()
                .tools();

        assertThat(tools).extracting(tool -> tool instanceof Tool.Function function ? function.name() + function.strict() : "")
                .startsWith("ftrue", "gfalse");
        assertThat(tools.get(2)).isInstanceOf(Tool.Custom.class);
        assertThat(tools.subList(3, 5)).extracting(tool -> ((Tool.Hosted) tool).kind()).containsExactly(Tool.Kind.WEB_SEARCH,
                Tool.Kind.CODE_EXECUTION);
    }

    @Test
    void namespacesAreFlattenedAndNoToolIsDeclaredTwice() {
        List<Tool> tools = with("'tools':[{'type':'namespace','name':'agents','tools':[{'type':'function','name':'close'},"
                + "{'type':'function','name':'open'}]},{'type':'function','name':'close'},{'type':'function','name':'close'}]")
                .conversation()
                .tools();

        assertThat(tools).extracting(tool -> ((Tool.Function) tool).name()).containsExactly("agents__close", "agents__open", "close");
    }

    @Test
    void toolsThatTheInputBringsAreDeclared() {
        assertThat(Responses.request("{'model':'m','input':[{'type':'additional_tools','tools':[{'type':'function','name':'f'}]},"
                + "{'role':'user','content':'hi'}]}").conversation().tools()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"\"auto\"|AUTO|", "\"required\"|REQUIRED|", "\"none\"|NONE|", "\"validated\"|VALIDATED|",
        "{'type':'function','name':'f'}|REQUIRED|f",
        "{'type':'allowed_tools','mode':'auto','tools':[{'type':'function','name':'f'}]}|AUTO|f",
        "{'type':'web_search'}|UNSET|"})
    void theChoiceAmongThem(String choice, ToolChoice.Mode mode, String allowed) {
        ToolChoice read = with("'tools':[{'type':'function','name':'f'}],'tool_choice':" + choice).conversation().toolChoice();

        assertThat(read).isEqualTo(new ToolChoice(mode, allowed == null ? List.of() : List.of(allowed)));
    }
}
