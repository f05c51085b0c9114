package dev.hydra.dialect.gemini;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The types that a schema allows, said or implied. */
final class SchemaTypes {
    private static final Set<String> KNOWN = Set.of("string", "number", "integer", "boolean", "array", "object", "null");

    private SchemaTypes() {
    }

    /** In lower case and in order; empty when nothing is said and nothing follows from other keywords. */
    static Set<String> of(JsonObject schema) {
        Set<String> types = new LinkedHashSet<>();
        switch (schema.get("type")) {
            case JsonString one -> add(one, types);
            case JsonArray several -> several.forEach(one -> add(one, types));
            case null, default -> {
            }
        }
        if (types.isEmpty()) {
            imply(schema, types);
        }
        if (Members.isTrue(schema, "nullable") && !types.isEmpty()) {
            types.add("null");
        }
        return types;
    }

    /** The values that are allowed ({@code enum} or {@code const}); empty when all are. */
    static List<JsonValue> values(JsonObject schema) {
        if (schema.get("enum") instanceof JsonArray several) {
            return List.copyOf(new LinkedHashSet<>(several));
        }
        return schema.containsKey("const") ? List.of(schema.get("const")) : List.of();
    }

    private static void add(JsonValue type, Set<String> types) {
        if (type instanceof JsonString text && KNOWN.contains(text.getString().toLowerCase(Locale.ROOT))) {
            types.add(text.getString().toLowerCase(Locale.ROOT));
        }
    }

    private static void imply(JsonObject schema, Set<String> types) {
        imply(values(schema), types);
        if (types.isEmpty() && schema.get("properties") instanceof JsonObject) {
            types.add("object");
        }
        if (types.isEmpty() && (schema.containsKey("items") || schema.containsKey("prefixItems"))) {
            types.add("array");
        }
    }

    /** Adds the types that the values have. */
    static void imply(List<JsonValue> values, Set<String> types) {
        for (JsonValue value : values) {
            types.add(switch (value.getValueType()) {
                case STRING -> "string";
                case NUMBER -> Members.isWhole(((JsonNumber) value).bigDecimalValue()) ? "integer" : "number";
                case TRUE, FALSE -> "boolean";
                case NULL -> "null";
                case OBJECT -> "object";
                case ARRAY -> "array";
            });
        }
        if (types.contains("integer") && types.contains("number")) {
            types.remove("integer");
        }
    }
}
