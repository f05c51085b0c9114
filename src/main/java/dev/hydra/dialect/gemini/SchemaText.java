package dev.hydra.dialect.gemini;

import dev.hydra.dialect.CamelCase;
import dev.hydra.wire.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Locale;

/** Gemini's {@code Schema} as JSON Schema (spec mapping §9): types in lower case, {@code nullable} as a type, nothing that only Gemini knows. */
final class SchemaText {
    private SchemaText() {
    }

    /** The schema; one that is JSON Schema already stays as it is. */
    static JsonObject jsonSchema(JsonObject schema) {
        JsonObjectBuilder result = Json.objectBuilder();
        for (var member : schema.entrySet()) {
            String name = CamelCase.name(member.getKey());
            JsonValue value = member.getValue();
            switch (name) {
                case "type" -> result.add(name, type(value, isNullable(schema)));
                case "nullable", "propertyOrdering", "example" -> {
                }
                case "format" -> {
                    if (!(value instanceof JsonString text && text.getString().equals("enum"))) {
                        result.add(name, value);
                    }
                }
                case "properties" -> result.add(name, properties(value));
                case "items", "additionalProperties" -> result.add(name, of(value));
                case "anyOf", "prefixItems", "oneOf", "allOf" -> result.add(name, all(value, name.equals("anyOf") && isNullable(schema)));
                case "minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties" -> result.add(name, number(value));
                default -> result.add(member.getKey(), value);
            }
        }
        return result.build();
    }

    private static boolean isNullable(JsonObject schema) {
        return schema.get("nullable") == JsonValue.TRUE;
    }

    private static JsonValue of(JsonValue value) {
        return value instanceof JsonObject schema ? jsonSchema(schema) : value;
    }

    private static JsonValue properties(JsonValue value) {
        if (!(value instanceof JsonObject properties)) {
            return value;
        }
        JsonObjectBuilder result = Json.objectBuilder();
        properties.forEach((name, schema) -> result.add(name, of(schema)));
        return result.build();
    }

    private static JsonValue all(JsonValue value, boolean orNull) {
        if (!(value instanceof JsonArray list)) {
            return value;
        }
        JsonArrayBuilder result = Json.arrayBuilder();
        list.forEach(schema -> result.add(of(schema)));
        return orNull ? result.add(Json.objectBuilder().add("type", "null")).build() : result.build();
    }

    private static JsonValue type(JsonValue value, boolean nullable) {
        if (!(value instanceof JsonString text)) {
            return value;
        }
        String name = text.getString().toLowerCase(Locale.ROOT);
        return nullable ? Json.arrayBuilder().add(name).add("null").build() : Json.string(name);
    }

    /** int64, which proto3 JSON writes as a string. */
    private static JsonValue number(JsonValue value) {
        return value instanceof JsonString text && !text.getString().isEmpty() && text.getString().length() < 18
                && text.getString().chars().allMatch(c -> c >= '0' && c <= '9') ? Json.value(text.getString()) : value;
    }
}
