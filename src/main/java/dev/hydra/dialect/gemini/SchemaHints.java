package dev.hydra.dialect.gemini;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Set;

/** Keywords that the target does not know, told to the model in the description instead (spec mapping §1.4). */
final class SchemaHints {
    private static final int MAX_LENGTH = 200;

    private final StringBuilder hints = new StringBuilder();

    /** Tells the keyword when the schema has it. */
    SchemaHints tell(JsonObject schema, Set<String> keywords) {
        schema.forEach((name, value) -> {
            if (keywords.contains(name) && value != JsonValue.FALSE) {
                tell(name, value);
            }
        });
        return this;
    }

    void tell(String keyword, JsonValue value) {
        String text = value instanceof JsonString string ? string.getString() : value.toString();
        if (text.length() <= MAX_LENGTH) {
            hints.append(hints.isEmpty() ? "" : "; ").append(keyword).append(": ").append(text);
        }
    }

    /** The schema's description with the hints behind it; empty when there is neither. */
    String behind(String description) {
        if (hints.isEmpty()) {
            return description;
        }
        return description.isBlank() ? hints.toString() : description + " (" + hints + ")";
    }
}
