package dev.hydra.demo;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The fields of a Gemini API request by message type (Google's discovery document v1beta, revision 20260415, fields of the Gemini API).
 *
 * <p>One line per message: {@code name:type}, with {@code []} for a repeated field, {@code {}} for a map, {@code |} between the
 * values of an enum, and {@code *} before the name of a field that stands in the message's oneof.
 */
final class FieldTable {
    /** What JSON a scalar field takes; MESSAGE and MAP name a message type. */
    enum Kind {
        STRING, BOOL, INT, NUMBER, BYTES, ENUM, STRUCT, ANY, MESSAGE, MAP
    }

    /**
     * One field.
     *
     * @param protoName name in snake_case, as errors show it
     * @param type      the message type of MESSAGE and MAP, else empty
     * @param values    the names of an ENUM, upper case; empty when all are taken
     * @param oneof     whether only one such field may be set in its message
     */
    record Field(String protoName, Kind kind, String type, boolean repeated, Set<String> values, boolean oneof) {
    }

    private static final String[] MESSAGES = {
        "GenerateContentRequest model:string contents:Content[] systemInstruction:Content tools:Tool[] toolConfig:ToolConfig"
                + " safetySettings:SafetySetting[] generationConfig:GenerationConfig cachedContent:string serviceTier:enum store:bool",
        "CountTokensRequest model:string contents:Content[] generateContentRequest:GenerateContentRequest",
        "EmbedContentRequest model:string content:Content taskType:enum title:string outputDimensionality:int"
                + " embedContentConfig:struct",
        "BatchEmbedContentsRequest model:string requests:EmbedContentRequest[]",
        "Content parts:Part[] role:string",
        "Part *text:string *inlineData:Blob *fileData:FileData *functionCall:FunctionCall *functionResponse:FunctionResponse"
                + " *executableCode:ExecutableCode *codeExecutionResult:CodeExecutionResult *toolCall:ToolCall *toolResponse:ToolResponse"
                + " thought:bool thoughtSignature:bytes videoMetadata:VideoMetadata mediaResolution:MediaResolution partMetadata:struct",
        "Blob mimeType:string data:bytes displayName:string",
        "FileData mimeType:string fileUri:string displayName:string",
        "FunctionCall id:string name:string args:struct",
        "FunctionResponse id:string name:string response:struct parts:FunctionResponsePart[] willContinue:bool scheduling:enum",
        "FunctionResponsePart inlineData:Blob fileData:FileData",
        "ExecutableCode id:string language:enum code:string",
        "CodeExecutionResult id:string outcome:enum output:string",
        "ToolCall id:string toolType:enum args:struct",
        "ToolResponse id:string toolType:enum response:struct",
        "VideoMetadata startOffset:string endOffset:string fps:number",
        "MediaResolution level:enum numTokens:int",
        "Tool functionDeclarations:FunctionDeclaration[] googleSearch:GoogleSearch googleSearchRetrieval:struct codeExecution:struct"
                + " urlContext:struct googleMaps:struct computerUse:struct fileSearch:struct mcpServers:any",
        "GoogleSearch timeRangeFilter:struct searchTypes:struct",
        "FunctionDeclaration name:string description:string parameters:Schema parametersJsonSchema:any response:Schema"
                + " responseJsonSchema:any behavior:enum",
        "Schema type:enum|TYPE_UNSPECIFIED|STRING|NUMBER|INTEGER|BOOLEAN|ARRAY|OBJECT|NULL format:string title:string"
                + " description:string nullable:bool enum:string[] items:Schema maxItems:int minItems:int properties:Schema{}"
                + " required:string[] minProperties:int maxProperties:int minLength:int maxLength:int pattern:string example:any"
                + " anyOf:Schema[] propertyOrdering:string[] default:any minimum:number maximum:number",
        "ToolConfig functionCallingConfig:FunctionCallingConfig retrievalConfig:struct includeServerSideToolInvocations:bool",
        "FunctionCallingConfig mode:enum|MODE_UNSPECIFIED|AUTO|ANY|NONE|VALIDATED allowedFunctionNames:string[]",
        "SafetySetting category:enum threshold:enum",
        "GenerationConfig candidateCount:int stopSequences:string[] maxOutputTokens:int temperature:number topP:number topK:number"
                + " seed:int presencePenalty:number frequencyPenalty:number responseLogprobs:bool logprobs:int"
                + " responseMimeType:string responseSchema:Schema responseJsonSchema:any _responseJsonSchema:any"
                + " responseModalities:enum[] mediaResolution:enum thinkingConfig:ThinkingConfig speechConfig:struct imageConfig:struct"
                + " enableEnhancedCivicAnswers:bool translationConfig:struct",
        "ThinkingConfig includeThoughts:bool thinkingBudget:int"
                + " thinkingLevel:enum|THINKING_LEVEL_UNSPECIFIED|MINIMAL|LOW|MEDIUM|HIGH",
    };

    private static final Map<String, Map<String, Field>> TYPES = new HashMap<>();

    static {
        for (String message : MESSAGES) {
            List<String> words = List.of(message.split(" "));
            Map<String, Field> fields = new HashMap<>();
            for (String word : words.subList(1, words.size())) {
                addField(fields, word);
            }
            TYPES.put(words.getFirst(), fields);
        }
    }

    private FieldTable() {
    }

    /** The message's fields by name, each under both of its spellings. */
    static Map<String, Field> fields(String type) {
        return TYPES.get(type);
    }

    private static void addField(Map<String, Field> fields, String word) {
        boolean oneof = word.charAt(0) == '*';
        String name = word.substring(oneof ? 1 : 0, word.indexOf(':'));
        String type = word.substring(word.indexOf(':') + 1);
        boolean repeated = type.endsWith("[]");
        boolean map = type.endsWith("{}");
        String[] base = (repeated || map ? type.substring(0, type.length() - 2) : type).split("\\|");
        boolean message = Character.isUpperCase(base[0].charAt(0));
        Kind kind = map ? Kind.MAP : message ? Kind.MESSAGE : Kind.valueOf(base[0].toUpperCase(Locale.ROOT));
        Set<String> values = Set.copyOf(List.of(base).subList(1, base.length));
        Field field = new Field(JsonText.snake(name), kind, message ? base[0] : "", repeated, values, oneof);
        fields.put(name, field);
        fields.put(field.protoName(), field);
    }
}
