package dev.hydra.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestCheckTest {
    private static final String HI = "{'role':'user','parts':[{'text':'hi'}]}";
    private static final String TWO_CALLS = "{'role':'model','parts':[{'functionCall':{'name':'a'}#},"
            + "{'functionCall':{'name':'b','args':{}}}]}";
    private static final String TWO_RESULTS = "{'role':'user','parts':[{'functionResponse':{'name':'a','response':{}}},"
            + "{'function_response':{'name':'b','response':{}}}]}";

    private static String check(String model, String body) {
        JsonObject request = Json.object(body.replace('\'', '"'));
        SimulatedModel known = SimulatedModel.find(SimulatedModel.DEMO, model).orElseThrow();
        Optional<ApiError> error = RequestCheck.check(request, known);
        error.ifPresent(e -> assertThat(e.status()).isEqualTo("INVALID_ARGUMENT"));
        return error.map(ApiError::message).orElse("");
    }

    private static String contents(String... contents) {
        return "{'contents':[" + String.join(",", contents) + "]}";
    }

    private static String config(String config) {
        return "{'contents':[" + HI + "],'generationConfig':{" + config + "}}";
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{'contents':[{'parts':[{'text':'hi'}]}],'system_instruction':{'parts':{'text':''}},'safetySettings':null}",
        "{'contents':{'parts':{'text':'hi'}},'model':'models/x','store':false,'service_tier':'flex'}",
        "{'contents':[{'parts':[{'text':''}]},{'role':'model'},{'role':'user','parts':[{'text':'x'}]},{'parts':[{'text':'y'}]}]}",
        "{'contents':[{'parts':[{'inline_data':{'mime_type':'image/png','data':'_-+/AA=='}}]}],'tools':[{'googleSearch':{}}]}",
        "{'contents':[{'parts':[{'text':'x'}]}],'generation_config':{'max_output_tokens':'12','top_k':3.0,'presencePenalty':0}}",
        "{'contents':[{'parts':[{'text':'x'}]}],'tools':[{'function_declarations':[{'name':'f','parameters':{'type':'OBJECT',"
                + "'properties':{'type':{'type':'string','enum':['a']},'l':{'type':'array','items':{'type':'INTEGER'}}},"
                + "'required':['l']}}]}]}"})
    void takesWhatGoogleTakes(String body) {
        assertThat(check("gemini-2.5-flash", body)).isEmpty();
        assertThat(check("gemini-3-flash-preview", body)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'messages':[]}|Unknown name \"messages\": Cannot find field.",
        "{'contents':[{'parts':[{'text':'x','type':'text'}]}]}|Unknown name \"type\" at 'contents[0].parts[0]': Cannot find field.",
        "{'contents':[{'parts':{'text':'x'},'content':'x'}]}|Unknown name \"content\" at 'contents[0]': Cannot find field.",
        "{'contents':[{'parts':[{'text':5}]}]}|Invalid value at 'contents[0].parts[0].text' (TYPE_STRING), 5",
        "{'contents':[{'parts':[{'text':'x','inlineData':{'data':'AA'}}]}]}|oneof field 'data' is already set. Cannot set 'inlineData'",
        "{'contents':[{'parts':[{'inlineData':{'data':'data:image/png,AA'}}]}]}|(TYPE_BYTES)",
        "{'contents':'hello'}|Invalid value at 'contents' (type.googleapis.com/google.ai.generativelanguage.v1beta.Content), \"hello\"",
        "{'contents':[],'generationConfig':[{}]}|Unknown name \"generation_config\": Proto field is not repeating, cannot start list.",
        "{'generationConfig':{'maxOutputTokens':1.5}}|Invalid value at 'generation_config.max_output_tokens' (TYPE_INT32), 1.5",
        "{'toolConfig':{'functionCallingConfig':{'mode':'SOMETIMES'}}}|'tool_config.function_calling_config.mode'"})
    void refusesWhatGooglesParserRefuses(String body, String message) {
        assertThat(check("gemini-2.5-flash", body)).contains(message);
    }

    @Test
    void namesTheUnknownFieldOfADeepSchemaWithItsPlace() {
        String body = "{'contents':[" + HI + "],'tools':[{'functionDeclarations':[{'name':'f','parameters':{'type':'object','properties':{"
                + "'p':{'const':1}},'additionalProperties':false}}]}]}";
        ApiError error = RequestCheck.check(Json.object(body.replace('\'', '"')), SimulatedModel.DEMO.getFirst()).orElseThrow();
        JsonObject detail = error.details().getFirst();
        assertThat(detail.getString("@type")).isEqualTo("type.googleapis.com/google.rpc.BadRequest");
        assertThat(detail.getJsonArray("fieldViolations").getValuesAs(JsonObject.class)).extracting(v -> v.getString("field"))
                .containsExactly("tools[0].function_declarations[0].parameters.properties.p",
                        "tools[0].function_declarations[0].parameters");
    }

    @Test
    void contentsMustHoldSomething() {
        assertThat(check("gemini-2.5-flash", "{}")).contains("contents is not specified");
        assertThat(check("gemini-2.5-flash", contents("{'role':'user','parts':[]}"))).contains("contents.parts must not be empty");
        assertThat(check("gemini-2.5-flash", contents("{'parts':[{}]}"))).contains("required oneof field 'data'");
        assertThat(check("gemini-2.5-flash", contents("{'role':'system','parts':[{'text':'x'}]}"))).contains("valid role");
    }

    @Test
    void functionResponsesAnswerTheCallsBeforeThem() {
        String calls = TWO_CALLS.replace("#", "");
        String one = "{'parts':[{'functionResponse':{'name':'a','response':{}}}]}";
        assertThat(check("gemini-2.5-flash", contents(HI, calls, TWO_RESULTS))).isEmpty();
        assertThat(check("gemini-2.5-flash", contents(HI, calls, one, one))).isEmpty();
        assertThat(check("gemini-2.5-flash", contents(HI, calls, one))).startsWith("Please ensure that the number of function response");
        assertThat(check("gemini-2.5-flash", contents(HI, calls))).startsWith("Please ensure that the number of function response parts");
        assertThat(check("gemini-2.5-flash", contents(HI, one))).startsWith("Please ensure that function response turn comes immediately");
        assertThat(check("gemini-2.5-flash", contents(calls, TWO_RESULTS))).startsWith("Please ensure that function call turn comes");
    }

    @Test
    void callsOfTheCurrentTurnNeedTheirSignatureOnTheNewestModels() {
        String bare = TWO_CALLS.replace("#", "");
        assertThat(check("gemini-3-flash-preview", contents(HI, bare, TWO_RESULTS)))
                .startsWith("Unable to submit request because function call default_api:a in the 2. content block is missing"
                        + " a thought_signature");
        assertThat(check("gemini-3-flash-preview", contents(HI, bare, TWO_RESULTS, HI))).isEmpty();
        assertThat(check("gemini-2.5-pro", contents(HI, bare, TWO_RESULTS))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"skip_thought_signature_validator", "context_engineering_is_the_way_to_go",
        "c2tpcF90aG91Z2h0X3NpZ25hdHVyZV92YWxpZGF0b3I="})
    void takesTheDocumentedPlaceholders(String signature) {
        String signed = TWO_CALLS.replace("#", ",'thoughtSignature':'" + signature + "'");
        assertThat(check("gemini-3.8-flash", contents(HI, signed, TWO_RESULTS))).isEmpty();
    }

    @Test
    void takesItsOwnSignaturesAndNoForeignOrCutOnes() {
        String own = Signature.make(42);
        assertThat(check("gemini-3.8-flash", contents(HI, TWO_CALLS.replace("#", ",'thought_signature':'" + own + "'"), TWO_RESULTS)))
                .isEmpty();
        String urlSafe = own.replace('+', '-').replace('/', '_').replace("=", "");
        assertThat(Signature.isValid(urlSafe)).isTrue();
        for (String wrong : new String[] {own.substring(4), own + own, "AAAA", "Zm9yZWlnbg=="}) {
            String signed = TWO_CALLS.replace("#", ",'thoughtSignature':'" + wrong + "'");
            assertThat(check("gemini-3.8-flash", contents(HI, signed, TWO_RESULTS))).isEqualTo("Thought signature is not valid.");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "gemini-3-flash-preview|'thinkingConfig':{'thinkingLevel':'low','thinkingBudget':5}|only one of thinking budget and thinking level",
        "gemini-2.5-flash|'thinkingConfig':{'thinkingLevel':'low'}|Thinking level is not supported for this model.",
        "gemini-3.8-flash|'thinkingConfig':{'thinkingLevel':'minimal'}|Thinking level MINIMAL is not supported for this model.",
        "gemini-2.5-pro|'thinkingConfig':{'thinkingBudget':0}|This model only works in thinking mode.",
        "gemini-2.5-pro|'thinkingConfig':{'thinkingBudget':40000}|Please choose a value between 128 and 32768.",
        "gemini-2.5-flash|'frequencyPenalty':0.5|Penalty is not enabled for models/gemini-2.5-flash",
        "gemini-2.5-flash|'responseLogprobs':true|Logprobs is not enabled for models/gemini-2.5-flash",
        "gemini-2.5-flash|'logprobs':3|response_logprobs is true",
        "gemini-2.5-flash|'candidateCount':9|candidate_count",
        "gemini-2.5-flash|'maxOutputTokens':0|maxOutputTokens value of 0",
        "gemini-2.5-flash|'stopSequences':['a','b','c','d','e','f']|must not exceed 5",
        "gemini-2.5-flash|'stopSequences':['']|must not be empty",
        "gemini-2.5-flash|'responseSchema':{'type':'string'}|response_mime_type",
        "gemini-2.5-flash|'responseMimeType':'application/json','responseSchema':{'type':'array'}|items: missing field",
        "gemini-2.5-flash|'responseMimeType':'application/json','responseSchema':{'type':['string','null']}|cannot start list",
        "gemini-2.5-flash|'responseMimeType':'application/json','responseSchema':{'type':'string','format':'uri'}"
                + "|only 'enum' and 'date-time'",
        "gemini-2.5-flash|'responseMimeType':'application/json','responseSchema':{'required':['x']}|required[0]: property is not defined",
        "gemini-2.5-flash|'responseMimeType':'application/json','responseSchema':{},'responseJsonSchema':{}|Only one of"})
    void optionsGoByTheModel(String model, String config, String message) {
        assertThat(check(model, config(config))).contains(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "gemini-2.5-pro|'tools':[{'googleSearch':{}},{'functionDeclarations':[{'name':'f'}]}]|cannot be combined",
        "gemini-3-flash-preview|'tools':[{'googleSearch':{},'functionDeclarations':[{'name':'f'}]}]|include_server_side_tool_invocations",
        "gemini-2.5-pro|'tools':[{'functionDeclarations':[{'name':'9f'}]}]|Invalid function name",
        "gemini-2.5-pro|'tools':[{'functionDeclarations':[{'name':'f'},{'name':'f'}]}]|Duplicate function declaration found: f",
        "gemini-2.5-pro|'tools':[{'functionDeclarations':[{'name':'f','parameters':{},'parametersJsonSchema':{}}]}]|only one of",
        "gemini-2.5-pro|'toolConfig':{'functionCallingConfig':{'allowedFunctionNames':['f']}},'tools':[]|mode is ANY",
        "gemini-2.5-pro|'toolConfig':{'functionCallingConfig':{'mode':'ANY','allowedFunctionNames':['g']}},'tools':[]"
                + "|Allowed function name g",
        "gemini-2.5-pro|'cachedContent':'cachedContents/x','tools':[{'codeExecution':{}}]|CachedContent can not be used"})
    void toolsGoByTheModel(String model, String fields, String message) {
        assertThat(check(model, "{'contents':[" + HI + "]," + fields + "}")).contains(message);
    }
}
