package dev.hydra.demo;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a valid generateContent request asks for, as far as the simulation understands it.
 *
 * @param text         what the user said last, parts joined; empty when the last turn holds no text
 * @param results      function responses since the model spoke last, in order; some clients send each in a content of its own
 * @param media        inline and file parts of the last content, one phrase each
 * @param functions    declared functions that may be called, the allowed ones only
 * @param mustCall     whether a call is demanded (mode ANY)
 * @param tokens       size of the whole input by modality, in tokens
 * @param config       generationConfig, empty when absent
 */
record Prompt(String text, List<JsonObject> results, List<String> media, List<JsonObject> functions, boolean mustCall,
        Map<String, Integer> tokens, JsonObject config) {

    static Prompt of(JsonObject request) {
        Counter counter = new Counter();
        Last last = new Last();
        for (JsonValue value : JsonText.list(request, "contents")) {
            JsonObject content = value.asJsonObject();
            last.begin(JsonText.string(content, "role"));
            for (JsonValue part : JsonText.list(content, "parts")) {
                counter.part(part.asJsonObject(), last);
            }
        }
        for (JsonValue part : JsonText.list(JsonText.object(request, "systemInstruction"), "parts")) {
            counter.part(part.asJsonObject(), null);
        }
        JsonObject calling = JsonText.object(JsonText.object(request, "toolConfig"), "functionCallingConfig");
        String mode = JsonText.string(calling, "mode").toUpperCase(Locale.ROOT);
        List<JsonObject> functions = functions(request, calling, mode, counter);
        return new Prompt(last.text.toString(), last.results, last.media, functions, "ANY".equals(mode) && !functions.isEmpty(),
                counter.tokens(), JsonText.object(request, "generationConfig"));
    }

    /** The size of the input in tokens, over all modalities. */
    int tokenCount() {
        int sum = 0;
        for (int count : tokens.values()) {
            sum += count;
        }
        return sum;
    }

    JsonObject thinking() {
        return JsonText.object(config, "thinkingConfig");
    }

    /** Whether the answer must be JSON. */
    boolean wantsJson() {
        return "application/json".equals(JsonText.string(config, "responseMimeType"));
    }

    /** Whether the answer must be one of the schema's enum values, as plain text. */
    boolean wantsEnum() {
        return "text/x.enum".equals(JsonText.string(config, "responseMimeType"));
    }

    /** The schema that the answer must follow. */
    Optional<JsonObject> schema() {
        for (String name : List.of("responseJsonSchema", "_responseJsonSchema", "responseSchema")) {
            if (JsonText.field(config, name) instanceof JsonObject schema) {
                return Optional.of(schema);
            }
        }
        return Optional.empty();
    }

    List<String> stops() {
        List<String> stops = new ArrayList<>();
        JsonText.list(config, "stopSequences").forEach(stop -> stops.add(((JsonString) stop).getString()));
        return stops;
    }

    private static List<JsonObject> functions(JsonObject request, JsonObject calling, String mode, Counter counter) {
        List<String> allowed = new ArrayList<>();
        JsonText.list(calling, "allowedFunctionNames").forEach(name -> allowed.add(RequestCheck.text(name)));
        List<JsonObject> functions = new ArrayList<>();
        for (JsonValue tool : JsonText.list(request, "tools")) {
            for (JsonValue value : JsonText.list(tool.asJsonObject(), "functionDeclarations")) {
                JsonObject function = value.asJsonObject();
                counter.text(function.toString());
                if (!"NONE".equals(mode) && (allowed.isEmpty() || allowed.contains(JsonText.string(function, "name")))) {
                    functions.add(function);
                }
            }
        }
        return functions;
    }

    /** The content that was read last, and the results since the model's last words. */
    private static final class Last {
        private final StringBuilder text = new StringBuilder();
        private final List<JsonObject> results = new ArrayList<>();
        private final List<String> media = new ArrayList<>();

        void begin(String role) {
            text.setLength(0);
            if ("model".equals(role)) {
                results.clear();
            }
            media.clear();
        }
    }

    private static final class Counter {
        private final Map<String, Integer> tokens = new TreeMap<>();
        private int characters;

        void text(String text) {
            characters += text.length();
        }

        void part(JsonObject part, Last last) {
            if (JsonText.field(part, "text") instanceof JsonString text) {
                text(text.getString());
                if (last != null) {
                    last.text.append(text.getString());
                }
            } else if (JsonText.has(part, "inlineData")) {
                JsonObject blob = JsonText.object(part, "inlineData");
                media(JsonText.string(blob, "mimeType"), JsonText.string(blob, "data").length() * 3 / 4 + " bytes", last);
            } else if (JsonText.has(part, "fileData")) {
                JsonObject file = JsonText.object(part, "fileData");
                media(JsonText.string(file, "mimeType"), "a file", last);
            } else if (JsonText.has(part, "functionResponse")) {
                JsonObject response = JsonText.object(part, "functionResponse");
                text(response.toString());
                if (last != null) {
                    last.results.add(response);
                }
            } else {
                text(part.toString());
            }
        }

        private void media(String mimeType, String size, Last last) {
            String modality = mimeType.startsWith("audio/") ? "AUDIO" : mimeType.startsWith("video/") ? "VIDEO"
                    : mimeType.startsWith("image/") ? "IMAGE" : "DOCUMENT";
            tokens.merge(modality, 258, Integer::sum);
            if (last != null) {
                last.media.add(mimeType + " (" + size + ")");
            }
        }

        /** Text is counted as one token for four characters, media as one image tile each. */
        Map<String, Integer> tokens() {
            if (characters > 0 || tokens.isEmpty()) {
                tokens.put("TEXT", Math.max(1, (characters + 3) / 4));
            }
            return tokens;
        }
    }

    /** The result of a function as text: its output or error member, else the whole object. */
    static String resultText(JsonObject functionResponse) {
        JsonObject response = JsonText.object(functionResponse, "response");
        JsonValue value = response.containsKey("output") ? response.get("output") : response.getOrDefault("error", response);
        if (value instanceof JsonArray array && array.size() == 1) {
            value = array.getFirst();
        }
        return value instanceof JsonString text ? text.getString() : value.toString();
    }
}
