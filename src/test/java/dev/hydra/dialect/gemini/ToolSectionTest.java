package dev.hydra.dialect.gemini;

import static dev.hydra.dialect.gemini.Talks.V20;
import static dev.hydra.dialect.gemini.Talks.V25;
import static dev.hydra.dialect.gemini.Talks.V3;
import static dev.hydra.dialect.gemini.Talks.body;
import static dev.hydra.dialect.gemini.Talks.function;
import static dev.hydra.dialect.gemini.Talks.ignored;
import static dev.hydra.dialect.gemini.Talks.json;
import static dev.hydra.dialect.gemini.Talks.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydra.conversation.Conversation;
import dev.hydra.conversation.ReplyEvent.CallStarted;
import dev.hydra.conversation.Tool;
import dev.hydra.conversation.Tool.Kind;
import dev.hydra.conversation.ToolChoice;
import dev.hydra.conversation.ToolChoice.Mode;
import dev.hydra.dialect.InvalidRequest;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolSectionTest {
    private static final Tool F = function("f", "{'type':'object','properties':{'a':{'type':'string'}}}");
    private static final Tool G = function("g", "{}");
    private static final Tool SEARCH = new Tool.Hosted(Kind.WEB_SEARCH, JsonValue.EMPTY_JSON_OBJECT);
    private static final Tool CODE = new Tool.Hosted(Kind.CODE_EXECUTION, JsonValue.EMPTY_JSON_OBJECT);
    private static final Tool STRICT = new Tool.Function("s", "d", json("{}"), true);

    private static ToolChoice choice(Mode mode, String... allowed) {
        return new ToolChoice(mode, List.of(allowed));
    }

    private static JsonValue calling(List<Tool> tools, ToolChoice choice, String model) {
        return Members.object(Members.object(body(with(tools, choice), model), "toolConfig"), "functionCallingConfig");
    }

    @Test
    void allFunctionsShareOneToolObject() {
        assertThat(body(with(List.of(F, G), ToolChoice.UNSET), V3).getJsonArray("tools")).isEqualTo(json("{'t':[{'functionDeclarations':["
                + "{'name':'f','description':'does f','parametersJsonSchema':{'type':'object','properties':{'a':{'type':'string'}}}},"
                + "{'name':'g','description':'does g','parametersJsonSchema':{'type':'object','properties':{}}}]}]}").getJsonArray("t"));
    }

    @Test
    void defect14NoParametersAreLeftOutWhereEmptyOnesAreRefused() {
        JsonObject declaration = body(with(List.of(G), ToolChoice.UNSET), V20).getJsonArray("tools").getJsonObject(0)
                .getJsonArray("functionDeclarations").getJsonObject(0);
        assertThat(declaration).isEqualTo(json("{'name':'g','description':'does g'}"));
    }

    @Test
    void defect12AdditionalPropertiesGoWhereTheyAreTaken() {
        Tool closed = function("f", "{'type':'object','properties':{'a':{'type':'string'}},'additionalProperties':false}");
        assertThat(body(with(List.of(closed), ToolChoice.UNSET), V3).toString()).contains("additionalProperties");
        assertThat(body(with(List.of(closed), ToolChoice.UNSET), V20).toString()).doesNotContain("additionalProperties")
                .contains("\"parameters\"");
    }

    @Test
    void aDescriptionIsNeverMissing() {
        Tool bare = new Tool.Function("lookup", "", json("{}"), false);
        assertThat(body(with(List.of(bare), ToolChoice.UNSET), V3).getValue("/tools/0/functionDeclarations/0/description").toString())
                .isEqualTo("\"lookup\"");
    }

    @Test
    void namesAreMadeLegalUniqueAndTurnedBack() {
        String lengthy = "n".repeat(200);
        Tool[] tools = {function("my tool", "{}"), function("my.tool", "{}"), function("my/tool", "{}"), function("1st", "{}"),
            function(lengthy + "a", "{}"), function(lengthy + "b", "{}"), function("été", "{}"), function("", "{}")};
        Conversation talk = with(List.of(tools), choice(Mode.REQUIRED, "1st"));
        JsonObject body = body(talk, V3);
        List<String> names = body.getValue("/tools/0/functionDeclarations").asJsonArray().getValuesAs(JsonObject.class).stream()
                .map(declaration -> declaration.getString("name")).toList();
        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[A-Za-z_][A-Za-z0-9_.:-]{0,127}"));
        assertThat(names).startsWith("my_tool", "my.tool").contains("_1st");
        assertThat(body.getValue("/toolConfig/functionCallingConfig/allowedFunctionNames/0").toString()).isEqualTo("\"_1st\"");
        var request = Talks.GEMINI.write(talk, V3);
        for (int i = 0; i < tools.length; i++) {
            var started = Talks.only(CallStarted.class, Talks.events(request,
                    "{'candidates':[{'content':{'parts':[{'functionCall':{'name':'" + names.get(i) + "'}}]}}]}"));
            assertThat(started.getFirst().name()).isEqualTo(((Tool.Function) tools[i]).name());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            UNSET     |     | {}
            AUTO      |     | {'mode':'AUTO'}
            NONE      |     | {'mode':'NONE'}
            REQUIRED  |     | {'mode':'ANY'}
            VALIDATED |     | {'mode':'VALIDATED'}
            REQUIRED  | f   | {'mode':'ANY','allowedFunctionNames':['f']}
            AUTO      | f,g | {'mode':'VALIDATED','allowedFunctionNames':['f','g']}
            REQUIRED  | g,x | {'mode':'ANY','allowedFunctionNames':['g']}
            NONE      | f   | {'mode':'NONE'}
            """)
    void choices(Mode mode, String allowed, String expected) {
        ToolChoice choice = allowed == null ? choice(mode) : choice(mode, allowed.split(","));
        assertThat(calling(List.of(F, G), choice, V25)).isEqualTo(json(expected));
    }

    @Test
    void oldModelsAreGivenTheAllowedFunctionsAlone() {
        JsonObject body = body(with(List.of(F, G), choice(Mode.AUTO, "g")), V20);
        assertThat(body.getValue("/tools/0/functionDeclarations").asJsonArray()).hasSize(1);
        assertThat(calling(List.of(F, G), choice(Mode.AUTO, "g"), V20)).isEqualTo(json("{'mode':'AUTO'}"));
    }

    @Test
    void aChoiceWithoutToolsIsDroppedAndOneOfAnUnknownFunctionRefused() {
        assertThat(body(with(List.of(), choice(Mode.REQUIRED)), V3)).doesNotContainKeys("tools", "toolConfig");
        assertThatThrownBy(() -> body(with(List.of(F), choice(Mode.REQUIRED, "nope")), V3))
                .isInstanceOfSatisfying(InvalidRequest.class, refused -> assertThat(refused.field()).isEqualTo("tool_choice"));
    }

    @Test
    void strictFunctionsAreValidated() {
        assertThat(calling(List.of(STRICT, F), ToolChoice.UNSET, V25)).isEqualTo(json("{'mode':'VALIDATED'}"));
        assertThat(calling(List.of(STRICT), choice(Mode.REQUIRED), V25)).isEqualTo(json("{'mode':'ANY'}"));
        assertThat(calling(List.of(STRICT), ToolChoice.UNSET, V20)).isEqualTo(json("{}"));
        assertThat(ignored(with(List.of(STRICT), ToolChoice.UNSET), V20)).containsExactly("tools.strict");
    }

    @Test
    void hostedToolsAreToolObjectsOfTheirOwn() {
        Tool store = new Tool.Hosted(Kind.FILE_SEARCH, json("{'fileSearchStoreNames':['s']}"));
        Tool[] all = {SEARCH, new Tool.Hosted(Kind.URL_CONTEXT, json("{}")), CODE, new Tool.Hosted(Kind.MAPS, json("{}")), store,
            new Tool.Hosted(Kind.COMPUTER_USE, json("{}"))};
        assertThat(body(with(List.of(all), ToolChoice.UNSET), V25).getJsonArray("tools"))
                .isEqualTo(json("{'t':[{'googleSearch':{}},{'urlContext':{}},{'codeExecution':{}},{'googleMaps':{}},"
                        + "{'fileSearch':{'fileSearchStoreNames':['s']}},{'computerUse':{}}]}").getJsonArray("t"));
    }

    @Test
    void hostedToolsBesideFunctionsNeedGemini3() {
        Conversation talk = with(List.of(SEARCH, CODE, F), ToolChoice.UNSET);
        assertThat(body(talk, V25).getJsonArray("tools")).hasSize(2);
        assertThat(body(talk, V25).toString()).contains("codeExecution").doesNotContain("googleSearch");
        assertThat(ignored(talk, V25)).containsExactly("tools.web_search");
        assertThat(body(talk, V3).getJsonArray("tools")).hasSize(3);
        assertThat(body(talk, V3).getJsonObject("toolConfig"))
                .isEqualTo(json("{'functionCallingConfig':{'mode':'VALIDATED'},'includeServerSideToolInvocations':true}"));
        assertThat(body(with(List.of(CODE, F), ToolChoice.UNSET), V3)).doesNotContainKey("toolConfig");
    }

    @Test
    void aFreeFormToolTakesOneText() {
        Tool patch = new Tool.Custom("apply_patch", "Edits files.", json("{'type':'grammar','syntax':'lark','definition':'start: x'}"));
        assertThat(body(with(List.of(patch), ToolChoice.UNSET), V3).getValue("/tools/0/functionDeclarations/0")).isEqualTo(json(
                "{'name':'apply_patch','description':'Edits files.\\n\\nThe input must follow this lark grammar:\\nstart: x',"
                        + "'parametersJsonSchema':{'type':'object','properties':{'input':{'type':'string',"
                        + "'description':'The tool\\u0027s whole input as plain text.'}},'required':['input']}}"));
    }

    @Test
    void defect17TheSameConverterServesToolsAndFormats() {
        JsonObject schema = json("{'type':'object','properties':{'a':{'const':'x','title':'t'}}}");
        assertThat(JsonSchema.of(schema)).isEqualTo(JsonSchema.ofParameters(schema));
    }
}
