package dev.hydra.dialect.chat;

import static dev.hydra.dialect.chat.Chats.refusalWith;
import static dev.hydra.dialect.chat.Chats.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.conversation.Tool;
import dev.hydra.conversation.Tool.Kind;
import dev.hydra.conversation.ToolChoice;
import dev.hydra.conversation.ToolChoice.Mode;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatToolsTest {
    private static final JsonObject NONE = JsonValue.EMPTY_JSON_OBJECT;
    private static final String TWO = "'tools':[{'type':'function','function':{'name':'f'}},{'type':'function','function':{'name':'g'}}]";

    private static List<Tool> tools(String list) {
        return with("'tools':[" + list + "]").conversation().tools();
    }

    private static ToolChoice choice(String choice) {
        return with(TWO + ",'tool_choice':" + choice).conversation().toolChoice();
    }

    @Test
    void functionsInAllTheirForms() {
        JsonObject schema = Json.object("{\"type\":\"object\",\"properties\":{\"$ref\":{\"type\":\"string\"}}}");
        Tool wanted = new Tool.Function("f", "does", schema, true);
        String body = "'name':'f','description':'does',"
                + "'parameters':{'type':'object','properties':{'$ref':{'type':'string'}}},'strict':true";
        assertThat(tools("{'type':'function','function':{" + body + "}}")).containsExactly(wanted);
        assertThat(tools("{'function':{" + body + "}}")).containsExactly(wanted);
        assertThat(tools("{'type':'function'," + body + "}")).containsExactly(wanted);
        assertThat(with("'functions':[{" + body + "}]").conversation().tools()).containsExactly(wanted);
        assertThat(tools("{'type':'function','function':{'name':'f','description':null,'parameters':null,'strict':null}}"))
                .containsExactly(new Tool.Function("f", "", NONE, false));
    }

    @Test
    void customTools() {
        assertThat(tools("{'type':'custom','custom':{'name':'sh','description':'shell','format':{'type':'text'}}}"))
                .containsExactly(new Tool.Custom("sh", "shell", Json.object("{\"type\":\"text\"}")));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '~', delimiter = '|', value = {"{'google_search':{}}|WEB_SEARCH", "{'googleSearch':{}}|WEB_SEARCH",
        "{'type':'google_search'}|WEB_SEARCH",
        "{'type':'function','function':{'name':'googleSearch'}}|WEB_SEARCH", "{'type':'web_search'}|WEB_SEARCH",
        "{'type':'web_search_preview'}|WEB_SEARCH", "{'type':'web_search_preview_2025_03_11'}|WEB_SEARCH",
        "{'google_search_retrieval':{}}|WEB_SEARCH", "{'url_context':{}}|URL_CONTEXT", "{'type':'url_context'}|URL_CONTEXT",
        "{'function':{'name':'urlContext'}}|URL_CONTEXT", "{'code_execution':{}}|CODE_EXECUTION", "{'codeExecution':{}}|CODE_EXECUTION",
        "{'type':'code_interpreter','container':{'type':'auto'}}|CODE_EXECUTION", "{'google_maps':{}}|MAPS",
        "{'computer_use':{}}|COMPUTER_USE"})
    void hostedToolsInAllTheirForms(String entry, Kind kind) {
        assertThat(tools(entry)).containsExactly(new Tool.Hosted(kind, NONE));
    }

    @Test
    void hostedToolsKeepTheirSettingsInCamelCase() {
        assertThat(tools("{'file_search':{'file_search_store_names':['s'],'top_k':3}}"))
                .containsExactly(new Tool.Hosted(Kind.FILE_SEARCH, Json.object("{\"fileSearchStoreNames\":[\"s\"],\"topK\":3}")));
        assertThat(tools("{'google_search':{},'url_context':{}}")).hasSize(2);
        assertThat(tools("{'google_search':{}},{'googleSearch':{}}")).hasSize(1);
    }

    @Test
    void aFunctionOfTheClientWithSuchANameStaysItsOwn() {
        assertThat(tools("{'type':'function','function':{'name':'google_search','parameters':{'type':'object','properties':{}}}}")
                .getFirst())
                .isInstanceOf(Tool.Function.class);
        assertThat(tools("{'function':{'name':'googleSearch','parameters':{'properties':{'q':{'type':'string'}}}}}").getFirst())
                .isInstanceOf(Tool.Function.class);
    }

    @Test
    void webSearchIsAskedForByOptionsAndPluginsToo() {
        var read = with("'web_search_options':{'search_context_size':'high','user_location':{}}");
        assertThat(read.conversation().tools()).containsExactly(new Tool.Hosted(Kind.WEB_SEARCH, NONE));
        assertThat(read.ignored()).containsExactly("web_search_options.search_context_size");
        assertThat(with("'plugins':[{'id':'web'}]").conversation().tools()).containsExactly(new Tool.Hosted(Kind.WEB_SEARCH, NONE));
        assertThat(with("'extra_body':{'google':{'tools':[{'google_search':{}}]}}").conversation().tools())
                .containsExactly(new Tool.Hosted(Kind.WEB_SEARCH, NONE));
    }

    @Test
    void unknownToolTypesAreLeftOutAndListed() {
        var read = with("'tools':[{'type':'mcp','server_url':'x'},{'type':'function','function':{'name':'f'}},{'type':'namespace'}]");
        assertThat(read.conversation().tools()).hasSize(1);
        assertThat(read.ignored()).containsExactly("tools[0]", "tools[2]");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '~', delimiter = '|', value = {"'auto'|AUTO|", "'none'|NONE|", "'required'|REQUIRED|", "'any'|REQUIRED|",
        "'validated'|VALIDATED|",
        "{'type':'function','function':{'name':'g'}}|REQUIRED|g", "{'type':'function','name':'g'}|REQUIRED|g",
        "{'function':{'name':'g'}}|REQUIRED|g",
        "{'type':'custom','custom':{'name':'g'}}|REQUIRED|g", "{'type':'auto'}|AUTO|",
        "{'type':'allowed_tools','allowed_tools':{'mode':'auto','tools':[{'type':'function','function':{'name':'g'}}]}}|AUTO|g",
        "{'type':'allowed_tools','allowed_tools':{'mode':'required','tools':[{'type':'function','function':{'name':'g'}}]}}|REQUIRED|g"})
    void choices(String said, Mode mode, String name) {
        assertThat(choice(said)).isEqualTo(new ToolChoice(mode, name == null ? List.of() : List.of(name)));
    }

    @Test
    void legacyChoices() {
        String functions = "'functions':[{'name':'f'}],'function_call':";
        assertThat(with(functions + "{'name':'f'}").conversation().toolChoice()).isEqualTo(new ToolChoice(Mode.REQUIRED, List.of("f")));
        assertThat(with(functions + "'none'").conversation().toolChoice()).isEqualTo(new ToolChoice(Mode.NONE, List.of()));
    }

    @Test
    void aChoiceWithoutToolsSaysNothing() {
        assertThat(with("'tool_choice':'required'").conversation().toolChoice()).isEqualTo(ToolChoice.UNSET);
        assertThat(with(TWO).conversation().toolChoice()).isEqualTo(ToolChoice.UNSET);
        assertThat(choice("null")).isEqualTo(ToolChoice.UNSET);
    }

    @Test
    void wrongToolsAreRefusedByPath() {
        assertThat(refusalWith("'tools':{}").field()).isEqualTo("tools");
        assertThat(refusalWith("'tools':['f']").field()).isEqualTo("tools[0]");
        assertThat(refusalWith("'tools':[{'type':'function','function':{}}]").field()).isEqualTo("tools[0].function.name");
        assertThat(refusalWith("'tools':[{'type':'function','function':{'name':''}}]").field()).isEqualTo("tools[0].function.name");
        assertThat(refusalWith("'tools':[{'type':'function','function':{'name':'f','parameters':'{}'}}]").field())
                .isEqualTo("tools[0].function.parameters");
        assertThat(refusalWith(TWO + ",'tool_choice':'sometimes'")).hasMessageContaining("'tool_choice' must be one of auto, none");
        assertThat(refusalWith(TWO + ",'tool_choice':{'type':'function'}").field()).isEqualTo("tool_choice.name");
        assertThat(refusalWith(TWO + ",'tool_choice':7").field()).isEqualTo("tool_choice");
    }
}
