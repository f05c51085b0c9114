package dev.hydra.dialect.gemini;

import dev.hydra.dialect.CamelCase;
import dev.hydra.wire.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Optional;

/**
 * Puts the documented placeholder in the place of a history's thought signatures (spec mapping §2.4): for a client in Gemini's own format whose history comes
 * from another model, or who has lost a signature. Sent only after Gemini has refused the request as it was.
 */
final class Placeholders {
    private static final String SIGNATURE = "thoughtSignature";

    private Placeholders() {
    }

    /** The body with placeholders; empty when nothing in it takes one. */
    static Optional<byte[]> in(byte[] body) {
        try {
            JsonObject request = Json.object(body);
            JsonObject changed = request;
            if (request.get("contents") instanceof JsonArray contents) {
                changed = Json.objectBuilder(request).add("contents", contents(contents)).build();
            }
            return changed.equals(request) ? Optional.empty() : Optional.of(Json.bytes(changed));
        } catch (JsonException broken) {
            return Optional.empty();
        }
    }

    private static JsonArrayBuilder contents(JsonArray contents) {
        JsonArrayBuilder changed = Json.arrayBuilder();
        for (JsonValue content : contents) {
            changed.add(content instanceof JsonObject object && object.get("parts") instanceof JsonArray parts
                    ? Json.objectBuilder(object).add("parts", parts(parts)).build()
                    : content);
        }
        return changed;
    }

    /** The first call of a step needs one; other calls, texts and pictures do without. */
    private static JsonArrayBuilder parts(JsonArray parts) {
        JsonArrayBuilder changed = Json.arrayBuilder();
        boolean called = false;
        for (JsonValue value : parts) {
            if (value instanceof JsonObject part) {
                boolean call = part.containsKey("functionCall") || part.containsKey("function_call");
                changed.add(part(part, call && !called));
                called |= call;
            } else {
                changed.add(value);
            }
        }
        return changed;
    }

    private static JsonObject part(JsonObject part, boolean needed) {
        JsonObjectBuilder changed = Json.objectBuilder();
        part.forEach((name, value) -> {
            if (!CamelCase.name(name).equals(SIGNATURE)) {
                changed.add(name, value);
            }
        });
        return needed ? changed.add(SIGNATURE, Signatures.PLACEHOLDER).build() : changed.build();
    }
}
