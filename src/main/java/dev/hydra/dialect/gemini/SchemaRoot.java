package dev.hydra.dialect.gemini;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A client's whole schema, and what the references inside it point at: JSON pointers, anchors and ids; nothing outside is ever fetched. */
final class SchemaRoot {
    private static final int MAX_DEPTH = 64;

    private final JsonObject root;
    private final Map<String, JsonObject> named = new HashMap<>();
    private boolean indexed;

    SchemaRoot(JsonObject root) {
        this.root = root;
    }

    JsonObject whole() {
        return root;
    }

    /** The schema that a reference names; empty when there is none here. Boolean schemas resolve to themselves. */
    Optional<JsonValue> resolve(String ref) {
        if (ref.equals("#") || ref.equals("#/")) {
            return Optional.of(root);
        }
        if (ref.startsWith("#/")) {
            return Optional.ofNullable(pointer(ref)).filter(value -> value instanceof JsonObject || value == JsonValue.TRUE);
        }
        if (!indexed) {
            index(root, 0);
            indexed = true;
        }
        return Optional.ofNullable(named.get(ref));
    }

    private JsonValue pointer(String ref) {
        JsonValue at = root;
        for (String token : ref.substring(2).split("/", -1)) {
            String name = unescaped(token);
            at = switch (at) {
                case JsonObject object -> object.get(name);
                case JsonArray array -> element(array, name);
                case null, default -> null;
            };
            if (at == null) {
                return JsonValue.NULL;
            }
        }
        return at;
    }

    private static JsonValue element(JsonArray array, String index) {
        boolean number = !index.isEmpty() && index.length() < 6 && index.chars().allMatch(c -> c >= '0' && c <= '9');
        return number && Integer.parseInt(index) < array.size() ? array.get(Integer.parseInt(index)) : JsonValue.NULL;
    }

    private static String unescaped(String token) {
        String name = token;
        if (name.indexOf('%') >= 0) {
            try {
                name = URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException notEncoded) {
                name = token;
            }
        }
        return name.indexOf('~') < 0 ? name : name.replace("~1", "/").replace("~0", "~");
    }

    private void index(JsonValue value, int depth) {
        if (depth > MAX_DEPTH) {
            return;
        }
        if (value instanceof JsonObject object) {
            if (object.get("$anchor") instanceof JsonString anchor) {
                named.putIfAbsent("#" + anchor.getString(), object);
            }
            if (object.get("$id") instanceof JsonString id) {
                named.putIfAbsent(id.getString(), object);
            }
            object.values().forEach(member -> index(member, depth + 1));
        } else if (value instanceof JsonArray array) {
            array.forEach(element -> index(element, depth + 1));
        }
    }
}
