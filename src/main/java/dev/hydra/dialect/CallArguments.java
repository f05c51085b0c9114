package dev.hydra.dialect;

import dev.hydra.wire.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/** The arguments of a tool call in a client's history, in OpenAI's formats. */
public final class CallArguments {
    private CallArguments() {
    }

    /**
     * Arguments are JSON inside a string. What a model once wrote wrongly, or what was cut at a token limit, stays in the client's history
     * for ever; refusing it would end the conversation, so it is carried as one text.
     *
     * @throws InvalidRequest when the field is neither a string nor an object
     */
    public static JsonObject of(Field arguments) {
        return arguments.isObject() ? arguments.object() : of(arguments.textOr(""));
    }

    /** As {@link #of(Field)}, from the text itself. */
    public static JsonObject of(String text) {
        if (text.isBlank()) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
        try {
            if (Json.value(text) instanceof JsonObject object) {
                return object;
            }
        } catch (JsonException broken) {
            return Json.objectBuilder().add("arguments", text).build();
        }
        return Json.objectBuilder().add("arguments", text).build();
    }
}
