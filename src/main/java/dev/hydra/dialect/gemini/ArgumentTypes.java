package dev.hydra.dialect.gemini;

import dev.hydra.conversation.Tool;
import dev.hydra.wire.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives a call's arguments the types that the client declared. Gemini's travel as a protobuf {@code Struct}, which knows only doubles, so
 * an integer may arrive as 5.0; and {@code Schema} knows only enums of strings, so a number may arrive as "5" (spec mapping §1.4, §2).
 */
final class ArgumentTypes {
    private static final int MAX_DEPTH = 32;

    private record Declared(JsonObject schema, SchemaRoot root) {
    }

    private final Map<String, Declared> byFunction = new HashMap<>();

    static ArgumentTypes of(List<Tool> tools) {
        ArgumentTypes types = new ArgumentTypes();
        for (Tool tool : tools) {
            if (tool instanceof Tool.Function function) {
                types.byFunction.put(function.name(), new Declared(function.parameters(), new SchemaRoot(function.parameters())));
            }
        }
        return types;
    }

    /** @param function the client's name of it */
    JsonObject typed(String function, JsonObject arguments) {
        Declared declared = byFunction.get(function);
        if (declared == null || arguments.isEmpty()) {
            return arguments;
        }
        return (JsonObject) new Walk(declared.root()).typed(arguments, declared.schema(), 0);
    }

    /** One call's arguments beside their schema. Branches that refer to themselves would multiply without end, so the steps are counted. */
    private static final class Walk {
        private static final int MAX_STEPS = 20_000;

        private final SchemaRoot root;
        private int left = MAX_STEPS;

        Walk(SchemaRoot root) {
            this.root = root;
        }

        private JsonValue typed(JsonValue value, JsonValue schema, int depth) {
            if (!(schema instanceof JsonObject declared) || depth > MAX_DEPTH || --left < 0) {
                return value;
            }
            String ref = Members.text(declared, "$ref");
            if (!ref.isEmpty()) {
                return typed(value, root.resolve(ref).orElse(JsonValue.NULL), depth + 1);
            }
            return switch (value) {
                case JsonNumber number -> number(number, declared, depth);
                case JsonString text -> text(text, declared);
                case JsonObject object -> object(object, declared, depth);
                case JsonArray array -> array(array, declared, depth);
                default -> value;
            };
        }

        private JsonValue number(JsonNumber number, JsonObject schema, int depth) {
            if (number.isIntegral()) {
                return number;
            }
            Set<String> types = SchemaTypes.of(schema);
            BigDecimal exact = number.bigDecimalValue();
            if (types.contains("integer") && !types.contains("number") && Members.isModest(exact) && Members.isWhole(exact)) {
                return Json.arrayBuilder().add(exact.toBigInteger()).build().getFirst();
            }
            return inBranch(number, schema, depth);
        }

        private static JsonValue text(JsonString text, JsonObject schema) {
            for (JsonValue allowed : SchemaTypes.values(schema)) {
                if (allowed.equals(text)) {
                    return text;
                }
            }
            for (JsonValue allowed : SchemaTypes.values(schema)) {
                boolean scalar = allowed instanceof JsonNumber || allowed == JsonValue.TRUE || allowed == JsonValue.FALSE;
                if (scalar && allowed.toString().equals(text.getString())) {
                    return allowed;
                }
            }
            return text;
        }

        private JsonValue object(JsonObject object, JsonObject schema, int depth) {
            JsonObject properties = Members.object(schema, "properties");
            JsonObjectBuilder typed = Json.objectBuilder();
            boolean changed = false;
            for (Map.Entry<String, JsonValue> member : object.entrySet()) {
                JsonValue declared = properties.getOrDefault(member.getKey(), schema.getOrDefault("additionalProperties", JsonValue.NULL));
                JsonValue value = typed(member.getValue(), declared, depth + 1);
                changed |= value != member.getValue();
                typed.add(member.getKey(), value);
            }
            return changed ? typed.build() : inBranch(object, schema, depth);
        }

        private JsonValue array(JsonArray array, JsonObject schema, int depth) {
            JsonValue items = schema.getOrDefault("items", JsonValue.NULL);
            JsonArray tuple = items instanceof JsonArray old ? old : Members.array(schema, "prefixItems");
            JsonArrayBuilder typed = Json.arrayBuilder();
            boolean changed = false;
            for (int i = 0; i < array.size(); i++) {
                JsonValue value = typed(array.get(i), i < tuple.size() ? tuple.get(i) : items, depth + 1);
                changed |= value != array.get(i);
                typed.add(value);
            }
            return changed ? typed.build() : inBranch(array, schema, depth);
        }

        private JsonValue inBranch(JsonValue value, JsonObject schema, int depth) {
            for (String keyword : List.of("anyOf", "oneOf", "allOf")) {
                for (JsonValue branch : Members.array(schema, keyword)) {
                    JsonValue typed = typed(value, branch, depth + 1);
                    if (typed != value) {
                        return typed;
                    }
                }
            }
            return value;
        }
    }
}
