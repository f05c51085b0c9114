package dev.hydra.dialect.chat;

import dev.hydra.wire.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Puts a stream of chunks together again, as a client's library does: texts are joined, lists of numbered elements merged. */
final class StreamFold {
    /** Strings that arrive whole, wherever they stand. */
    private static final Set<String> WHOLE = Set.of("id", "type", "name", "role", "thought_signature", "finish_message", "url", "title",
            "token");

    private StreamFold() {
    }

    /** The completion that the chunks amount to. */
    static JsonObject completion(List<JsonObject> chunks) {
        Map<Integer, JsonObject> messages = new TreeMap<>();
        Map<Integer, JsonValue> ends = new TreeMap<>();
        Map<Integer, JsonValue> logprobs = new TreeMap<>();
        JsonValue usage = JsonValue.NULL;
        for (JsonObject chunk : chunks) {
            usage = chunk.getOrDefault("usage", JsonValue.NULL);
            for (JsonObject choice : chunk.getJsonArray("choices").getValuesAs(JsonObject.class)) {
                int index = choice.getInt("index");
                JsonObject delta = choice.getJsonObject("delta");
                messages.merge(index, delta, (old, more) -> (JsonObject) joined("", old, more));
                ends.put(index, choice.get("finish_reason"));
                logprobs.merge(index, choice.get("logprobs"), (old, more) -> joined("", old, more));
            }
        }
        JsonArrayBuilder choices = Json.arrayBuilder();
        messages.forEach((index, message) -> choices.add(Json.objectBuilder().add("index", index).add("message", tidy(message))
                .add("logprobs", logprobs.get(index)).add("finish_reason", ends.get(index))));
        JsonObject last = chunks.getLast();
        JsonObjectBuilder completion = Json.objectBuilder();
        List.of("id", "created", "model", "system_fingerprint").forEach(name -> completion.add(name, last.get(name)));
        completion.add("object", "chat.completion").add("choices", choices).add("usage", usage);
        if (last.containsKey("service_tier")) {
            completion.add("service_tier", last.get("service_tier"));
        }
        return completion.build();
    }

    private static JsonValue joined(String name, JsonValue old, JsonValue more) {
        if (more == JsonValue.NULL) {
            return old;
        }
        return switch (old) {
            case JsonString text when more instanceof JsonString next -> WHOLE.contains(name) ? next : Json.string(text.getString()
                    + next.getString());
            case JsonObject object when more instanceof JsonObject next -> {
                JsonObjectBuilder both = Json.objectBuilder(object);
                next.forEach((key, value) -> both.add(key, object.containsKey(key) ? joined(key, object.get(key), value) : value));
                yield both.build();
            }
            case JsonArray array when more instanceof JsonArray next -> joined(array, next);
            default -> more;
        };
    }

    private static JsonArray joined(JsonArray old, JsonArray more) {
        List<JsonValue> items = new ArrayList<>(old);
        for (JsonValue item : more) {
            JsonNumber index = item instanceof JsonObject object && object.get("index") instanceof JsonNumber number ? number : null;
            if (index != null && index.intValue() < items.size()) {
                items.set(index.intValue(), joined("", items.get(index.intValue()), item));
            } else {
                items.add(item);
            }
        }
        JsonArrayBuilder both = Json.arrayBuilder();
        items.forEach(both::add);
        return both.build();
    }

    /** Whole messages have no numbers on their calls, and no text says null beside calls. */
    private static JsonObject tidy(JsonObject message) {
        JsonObjectBuilder tidy = Json.objectBuilder(message);
        if (message.containsKey("tool_calls")) {
            JsonArrayBuilder calls = Json.arrayBuilder();
            message.getJsonArray("tool_calls").forEach(call -> calls.add(Json.objectBuilder(call.asJsonObject()).remove("index")));
            tidy.add("tool_calls", calls);
        }
        boolean called = message.containsKey("tool_calls") || message.containsKey("function_call");
        if (called && message.getString("content").isEmpty()) {
            tidy.addNull("content");
        }
        return tidy.build();
    }
}
