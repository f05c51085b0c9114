package dev.hydra.dialect;

import dev.hydra.dialect.gemini.GeminiEndpoints;
import dev.hydra.wire.Json;
import dev.hydra.wire.Passage;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A client of Gemini's own format; translated too, as it is before any provider but Gemini itself. */
final class FakeGeminiClient implements FakeClient {
    private static final String TOOL = "'tools':[{'functionDeclarations':[{'name':'get_weather','parametersJsonSchema':{'type':'object',"
            + "'properties':{'city':{'type':'string'}}}}]}]";
    private final ClientDialect dialect = new GeminiEndpoints().of("m", new Passage("v1beta", "streamGenerateContent", "", Map.of()), true);

    @Override
    public ClientDialect dialect() {
        return dialect;
    }

    /** The address alone says whether a stream is wanted. */
    @Override
    public String history(boolean streamed) {
        return ("{" + TOOL + ",'systemInstruction':{'parts':[{'text':'Be brief.'}]},'contents':[{'role':'user','parts':["
                + "{'text':'Where is this?'},{'inlineData':{'mimeType':'image/png','data':'iVBORw0KGgo='}}]},{'role':'model','parts':["
                + "{'functionCall':{'id':'call_1','name':'get_weather','args':{}}}]},{'role':'user','parts':[{'functionResponse':{'id':'call_1',"
                + "'name':'get_weather','response':{'output':'mild'}}},{'text':'And now?'}]}]}").replace('\'', '"');
    }

    @Override
    public String question() {
        return ("{" + TOOL + ",'contents':[{'role':'user','parts':[{'text':'Weather?'}]}]}").replace('\'', '"');
    }

    @Override
    public String continued(JsonObject reply, boolean seals) {
        JsonArrayBuilder parts = Json.arrayBuilder();
        for (JsonObject part : parts(reply).getValuesAs(JsonObject.class)) {
            parts.add(seals ? part : Json.objectBuilder(part).remove("thoughtSignature").build());
        }
        return question().replace("}]}]}", "}]},{\"role\":\"model\",\"parts\":" + parts.build() + "},{\"role\":\"user\",\"parts\":["
                + "{\"functionResponse\":{\"id\":\"a\",\"name\":\"get_weather\",\"response\":{\"output\":\"mild\"}}}]}]}");
    }

    @Override
    public Seen whole(String body) {
        return seen(List.of(Json.object(body)));
    }

    @Override
    public Seen stream(String frames) {
        List<JsonObject> messages = new ArrayList<>();
        for (String frame : frames.split("\r\n\r\n")) {
            messages.add(Json.object(frame.substring("data: ".length())));
        }
        return seen(messages);
    }

    private static Seen seen(List<JsonObject> messages) {
        StringBuilder text = new StringBuilder();
        StringBuilder thoughts = new StringBuilder();
        List<String> calls = new ArrayList<>();
        End end = End.NONE;
        for (JsonObject message : messages) {
            for (JsonObject part : parts(message).getValuesAs(JsonObject.class)) {
                (part.getBoolean("thought", false) ? thoughts : text).append(ReplyJson.text(part, "text"));
                if (part.containsKey("functionCall")) {
                    calls.add(part.getJsonObject("functionCall").getString("name") + part.getJsonObject("functionCall").get("args"));
                }
            }
            end = end(message, end, calls);
        }
        return new Seen(text.toString(), thoughts.toString(), calls, end);
    }

    private static End end(JsonObject message, End before, List<String> calls) {
        if (message.containsKey("error")) {
            return End.ERROR;
        }
        if (message.containsKey("promptFeedback")) {
            return End.REFUSED;
        }
        JsonArray candidates = ReplyJson.array(message, "candidates");
        String reason = candidates.isEmpty() ? "" : ReplyJson.text(candidates.getJsonObject(0), "finishReason");
        return switch (reason) {
            case "" -> before;
            case "STOP" -> calls.isEmpty() ? End.STOP : End.CALLS;
            case "MAX_TOKENS" -> End.LENGTH;
            case "SAFETY", "PROHIBITED_CONTENT", "BLOCKLIST" -> End.REFUSED;
            default -> End.NONE;
        };
    }

    private static JsonArray parts(JsonObject message) {
        JsonArray candidates = ReplyJson.array(message, "candidates");
        return candidates.isEmpty() ? candidates : ReplyJson.array(ReplyJson.object(candidates.getJsonObject(0), "content"), "parts");
    }

    @Override
    public String toString() {
        return "GEMINI";
    }
}
