package dev.hydra.relay;

import dev.hydra.wire.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The objects that a reply says were made. Looked for in exactly the places where Google says it: anywhere else a caller's own text may stand, by which
 * it could lay claim to another's object.
 */
final class ReplyNames {
    private static final List<List<String>> PLACES = List.of(List.of("name"), List.of("file", "name"), List.of("response", "name"),
            List.of("response", "responsesFile"), List.of("metadata", "output", "responsesFile"), List.of("output", "responsesFile"));
    private static final String INTERACTIONS = "interactions";

    private ReplyNames() {
    }

    /** @param target what was asked */
    static List<ObjectName> of(String target, byte[] reply) {
        List<ObjectName> names = new ArrayList<>(2);
        JsonObject document;
        try {
            document = Json.object(reply);
        } catch (JsonException notJson) {
            return names;
        }
        for (List<String> place : PLACES) {
            text(document, place).flatMap(ObjectName::of).ifPresent(names::add);
        }
        if (target.equals(INTERACTIONS)) {
            text(document, List.of("id")).flatMap(id -> ObjectName.of(INTERACTIONS + '/' + id)).ifPresent(names::add);
        }
        return names;
    }

    /** The interaction that the beginning of a stream names: {@code "interaction":{"id":"…"}}. */
    static Optional<ObjectName> ofStream(String beginning) {
        int interaction = beginning.indexOf("\"interaction\"");
        int id = interaction < 0 ? -1 : beginning.indexOf("\"id\"", interaction);
        int open = id < 0 ? -1 : beginning.indexOf('"', beginning.indexOf(':', id) + 1);
        int close = open < 0 ? -1 : beginning.indexOf('"', open + 1);
        return close < 0 ? Optional.empty() : ObjectName.of(INTERACTIONS + '/' + beginning.substring(open + 1, close));
    }

    private static Optional<String> text(JsonObject document, List<String> place) {
        JsonValue value = document;
        for (String step : place) {
            value = value instanceof JsonObject object ? object.getOrDefault(step, JsonValue.NULL) : JsonValue.NULL;
        }
        return value instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty();
    }
}
