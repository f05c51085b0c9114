package dev.hydra.dialect.gemini;

import dev.hydra.wire.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The arguments of a call that Vertex streams piece by piece ({@code partialArgs}, spec mapping §3): values at JSON paths, strings in
 * several pieces. Collected until the call is over, because its last message may be missing.
 */
final class PartialArguments {
    /** Elements of an array that a path may skip; a larger index is not one of a real call. */
    private static final int MAX_INDEX = 10_000;

    private final Map<Object, Object> root = new LinkedHashMap<>();

    /** @param whole arguments that came in one piece, before or without the pieces */
    PartialArguments(JsonObject whole) {
        whole.forEach(root::put);
    }

    /** @param piece an element of {@code partialArgs} */
    void add(JsonObject piece) {
        List<Object> path = path(Members.text(piece, "jsonPath"));
        if (path.isEmpty()) {
            return;
        }
        if (piece.get("stringValue") instanceof JsonString text) {
            put(path, text.getString());
        } else if (piece.containsKey("nullValue")) {
            put(path, JsonValue.NULL);
        } else if (piece.containsKey("numberValue")) {
            put(path, piece.get("numberValue"));
        } else if (piece.containsKey("boolValue")) {
            put(path, piece.get("boolValue"));
        }
    }

    JsonObject complete() {
        return object(root);
    }

    /** Names and, as integers, indexes; empty when it is not a path. */
    private static List<Object> path(String text) {
        List<Object> path = new ArrayList<>();
        int at = text.startsWith("$") ? 1 : 0;
        while (at < text.length()) {
            if (text.charAt(at) == '[') {
                int close = text.indexOf(']', at);
                if (close < 0) {
                    return List.of();
                }
                Object step = step(text.substring(at + 1, close));
                if (step instanceof Integer index && (index < 0 || index > MAX_INDEX)) {
                    return List.of();
                }
                path.add(step);
                at = close + 1;
            } else {
                int start = text.charAt(at) == '.' ? at + 1 : at;
                int end = start;
                while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '[') {
                    end++;
                }
                path.add(text.substring(start, end));
                at = end;
            }
        }
        return path;
    }

    private static Object step(String inside) {
        boolean quoted = inside.length() >= 2 && (inside.charAt(0) == '"' || inside.charAt(0) == '\'');
        if (quoted) {
            return inside.substring(1, inside.length() - 1);
        }
        try {
            return Integer.valueOf(inside);
        } catch (NumberFormatException name) {
            return inside;
        }
    }

    @SuppressWarnings("unchecked")
    private void put(List<Object> path, Object value) {
        Map<Object, Object> at = root;
        for (int i = 0; i < path.size() - 1; i++) {
            Object next = at.get(path.get(i));
            if (!(next instanceof Map)) {
                next = new LinkedHashMap<>();
                at.put(path.get(i), next);
            }
            at = (Map<Object, Object>) next;
        }
        Object last = path.getLast();
        if (value instanceof String piece) {
            StringBuilder text = at.get(last) instanceof StringBuilder open ? open : new StringBuilder();
            at.put(last, text.append(piece));
        } else {
            at.put(last, value);
        }
    }

    /** A map whose keys are all indexes is an array. */
    private static JsonValue json(Object node) {
        return switch (node) {
            case JsonValue value -> value;
            case StringBuilder text -> Json.string(text.toString());
            case Map<?, ?> map when !map.isEmpty() && map.keySet().stream().allMatch(Integer.class::isInstance) -> {
                JsonArrayBuilder array = Json.arrayBuilder();
                int size = map.keySet().stream().mapToInt(key -> (Integer) key).max().orElse(0) + 1;
                for (int i = 0; i < size; i++) {
                    array.add(map.containsKey(i) ? json(map.get(i)) : JsonValue.NULL);
                }
                yield array.build();
            }
            case Map<?, ?> map -> object(map);
            default -> JsonValue.NULL;
        };
    }

    private static JsonObject object(Map<?, ?> map) {
        JsonObjectBuilder object = Json.objectBuilder();
        map.forEach((name, value) -> object.add(name.toString(), json(value)));
        return object.build();
    }
}
