package dev.hydra.dialect;

import dev.hydra.wire.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Set;

/**
 * Gemini's field names in the one form that we carry. Google takes {@code thinking_config} and {@code thinkingConfig} alike, and clients
 * send both (spec mapping §0.2, §1.7).
 */
public final class CamelCase {
    /** Fields whose content is the client's own: its keys are not field names. */
    private static final Set<String> FREE_FORM = Set.of("args", "response", "properties", "responseSchema", "responseJsonSchema",
            "parameters",
            "parametersJsonSchema", "partMetadata", "labels");

    private CamelCase() {
    }

    /** The object with all field names in camelCase; schemas, arguments, results and labels stay as they are. */
    public static JsonObject fields(JsonObject object) {
        JsonObjectBuilder builder = Json.objectBuilder();
        object.forEach((key, value) -> {
            String name = name(key);
            builder.add(name, FREE_FORM.contains(name) ? value : value(value));
        });
        return builder.build();
    }

    private static JsonValue value(JsonValue value) {
        return switch (value) {
            case JsonObject object -> fields(object);
            case JsonArray array -> {
                JsonArrayBuilder builder = Json.arrayBuilder();
                array.forEach(item -> builder.add(value(item)));
                yield builder.build();
            }
            default -> value;
        };
    }

    /** {@code thinking_config} → {@code thinkingConfig}; a leading underscore stays. */
    public static String name(String key) {
        if (key.indexOf('_', 1) < 0) {
            return key;
        }
        StringBuilder name = new StringBuilder(key.length());
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c == '_' && i > 0 && i + 1 < key.length() && Character.isLetterOrDigit(key.charAt(i + 1))) {
                name.append(Character.toUpperCase(key.charAt(++i)));
            } else {
                name.append(c);
            }
        }
        return name.toString();
    }
}
