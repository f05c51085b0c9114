package dev.hydra.dialect.gemini;

import dev.hydra.conversation.Part;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/**
 * A tool's result as {@code functionResponse.response}: always under {@code output} or {@code error}, because other objects with these keys
 * would get their meaning (spec mapping §0.2, §1.1). The text is data: a {@code $ref} in it is not a reference.
 */
final class ToolOutput {
    private ToolOutput() {
    }

    static JsonObject of(Part.ToolResult result) {
        StringBuilder text = new StringBuilder();
        boolean media = false;
        for (Part part : result.content()) {
            if (part instanceof Part.Text(var piece, var seal)) {
                text.append(text.isEmpty() || piece.isEmpty() ? "" : "\n").append(piece);
            } else {
                media = true;
            }
        }
        if (text.isEmpty() && media) {
            text.append("see the attached media");
        }
        String output = text.toString();
        return result.error() ? Json.objectBuilder().add("error", output).build()
                : Json.objectBuilder().add("output", parsed(output)).build();
    }

    /** The text as an object, array or number where that loses nothing, else the text itself. */
    private static JsonValue parsed(String text) {
        return mayBeJson(text) && ExactJson.is(text) ? Json.value(text) : Json.string(text);
    }

    private static boolean mayBeJson(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > ' ') {
                return c == '{' || c == '[' || c == '-' || c >= '0' && c <= '9';
            }
        }
        return false;
    }
}
