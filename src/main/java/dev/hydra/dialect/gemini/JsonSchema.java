package dev.hydra.dialect.gemini;

import dev.hydra.dialect.gemini.SchemaMerge.Merged;
import dev.hydra.wire.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Turns any JSON Schema into what {@code parametersJsonSchema} and {@code responseJsonSchema} document (models from 2.5 on, spec mapping
 * §1.4). Converting twice changes nothing more; cyclic schemas end; the cost grows with the size of the schema.
 */
final class JsonSchema {
    /** Levels that are kept; Google refuses schemas far less deep when they are wide. */
    static final int MAX_DEPTH = 32;
    /** Keywords that the converted schema may hold. */
    static final Set<String> KEYWORDS = Set.of("$defs", "$ref", "type", "format", "description", "enum", "items", "prefixItems", "minItems",
            "maxItems", "minimum", "maximum", "anyOf", "oneOf", "properties", "additionalProperties", "required", "propertyOrdering");
    private static final Set<String> TOLD = Set.of("not", "if", "then", "else", "dependentRequired", "dependentSchemas", "dependencies",
            "patternProperties", "propertyNames", "contains", "multipleOf", "uniqueItems", "minLength", "maxLength", "pattern",
            "minProperties", "maxProperties");

    private final SchemaMerge merge;
    private final SchemaDefs defs;

    private JsonSchema(JsonObject schema) {
        SchemaRoot root = new SchemaRoot(schema);
        this.merge = new SchemaMerge(root);
        this.defs = new SchemaDefs(root);
    }

    /** A schema whose root may be of any type. */
    static JsonObject of(JsonObject schema) {
        return new JsonSchema(schema).convert(schema, false);
    }

    /** A schema of a function's arguments, whose root is an object; empty when there are no arguments. */
    static JsonObject ofParameters(JsonObject schema) {
        return schema.isEmpty() ? schema : new JsonSchema(schema).convert(schema, true);
    }

    private JsonObject convert(JsonObject schema, boolean parameters) {
        Merged flat = merge.opened(merge.flat(schema, Set.of("#")));
        JsonObject root = node(flat, 0);
        if (parameters && !root.containsKey("$ref")) {
            root = object(root);
        }
        return defs.attach(root, (target, ref) -> merge.affords(target) ? node(merge.flat(target, Set.of(ref)), 1)
                : JsonValue.EMPTY_JSON_OBJECT);
    }

    /** Functions take objects: {@code ["object","null"]} and a root without type become one. */
    private static JsonObject object(JsonObject root) {
        JsonObjectBuilder result = Json.objectBuilder().add("type", "object");
        root.forEach((name, value) -> {
            if (!name.equals("type")) {
                result.add(name, value);
            }
        });
        if (!root.containsKey("properties")) {
            result.add("properties", JsonValue.EMPTY_JSON_OBJECT);
        }
        return result.build();
    }

    private JsonObject node(JsonValue schema, Set<String> open, int depth) {
        return schema instanceof JsonObject object ? node(merge.flat(object, open), depth) : JsonValue.EMPTY_JSON_OBJECT;
    }

    private JsonObject node(Merged flat, int depth) {
        JsonObject schema = flat.schema();
        String ref = flat.lone();
        if (!ref.isEmpty()) {
            return defs.reference(ref);
        }
        JsonObjectBuilder out = Json.objectBuilder();
        SchemaHints hints = new SchemaHints().tell(schema, TOLD);
        Set<String> types = new LinkedHashSet<>(SchemaTypes.of(schema));
        List<JsonValue> values = SchemaTypes.values(schema);
        boolean orNull = values.contains(JsonValue.NULL) && !schema.containsKey("anyOf") && values.stream().anyMatch(JsonSchema::isKept);
        if (orNull) { // an enum cannot hold null: it becomes a branch of its own
            types.remove("null");
            if (types.isEmpty()) {
                SchemaTypes.imply(values.stream().filter(JsonSchema::isKept).toList(), types);
            }
        }
        types(types, out);
        if (schema.get("format") instanceof JsonString format) {
            out.add("format", format);
        }
        values(values, out, hints);
        SchemaBounds.write(schema, types, out, hints);
        if (depth < MAX_DEPTH) {
            arrays(schema, types, flat.open(), depth, out);
            objects(schema, flat.open(), depth, out);
            branches(schema, "anyOf", flat.open(), depth, out, hints);
            branches(schema, "oneOf", flat.open(), depth, out, hints);
        } else if (types.contains("array")) {
            out.add("items", JsonValue.EMPTY_JSON_OBJECT);
        }
        JsonObject built = out.build();
        String description = hints.behind(Members.text(schema, "description"));
        if (orNull) {
            built = Json.objectBuilder().add("anyOf", Json.arrayBuilder().add(built).add(Json.objectBuilder().add("type", "null"))).build();
        }
        return description.isBlank() ? built : Json.objectBuilder(built).add("description", description).build();
    }

    private static void types(Set<String> types, JsonObjectBuilder out) {
        if (types.size() == 1) {
            out.add("type", types.iterator().next());
        } else if (!types.isEmpty()) {
            JsonArrayBuilder several = Json.arrayBuilder();
            types.forEach(several::add);
            out.add("type", several);
        }
    }

    private static boolean isKept(JsonValue value) {
        return value instanceof JsonString || value instanceof JsonNumber;
    }

    /** Documented are strings and numbers; what else is allowed is told. */
    private static void values(List<JsonValue> values, JsonObjectBuilder out, SchemaHints hints) {
        JsonArrayBuilder kept = Json.arrayBuilder();
        boolean any = false;
        boolean lost = false;
        for (JsonValue value : values) {
            if (isKept(value)) {
                kept.add(value);
                any = true;
            } else {
                lost |= value != JsonValue.NULL;
            }
        }
        if (any) {
            out.add("enum", kept);
        }
        boolean bothTruths = values.contains(JsonValue.TRUE) && values.contains(JsonValue.FALSE);
        if (lost && !bothTruths) {
            JsonArrayBuilder all = Json.arrayBuilder();
            values.forEach(all::add);
            hints.tell("one of", all.build());
        }
    }

    private void arrays(JsonObject schema, Set<String> types, Set<String> open, int depth, JsonObjectBuilder out) {
        JsonValue items = schema.get("items");
        JsonArray tuple = items instanceof JsonArray old ? old : Members.array(schema, "prefixItems");
        JsonValue rest = items instanceof JsonArray ? schema.get("additionalItems") : items;
        if (!tuple.isEmpty()) {
            JsonArrayBuilder prefix = Json.arrayBuilder();
            tuple.forEach(element -> prefix.add(node(element, open, depth + 1)));
            out.add("prefixItems", prefix);
        }
        if (rest instanceof JsonObject || tuple.isEmpty() && (types.contains("array") || rest != null)) {
            out.add("items", node(rest instanceof JsonObject ? rest : JsonValue.EMPTY_JSON_OBJECT, open, depth + 1));
        }
        count(schema, "minItems", out);
        count(schema, "maxItems", out);
    }

    private static void count(JsonObject schema, String keyword, JsonObjectBuilder out) {
        if (schema.get(keyword) instanceof JsonNumber number && number.isIntegral() && number.bigDecimalValue().signum() >= 0) {
            out.add(keyword, number);
        }
    }

    private void objects(JsonObject schema, Set<String> open, int depth, JsonObjectBuilder out) {
        if (schema.get("properties") instanceof JsonObject declared) {
            List<String> names = new ArrayList<>();
            JsonObjectBuilder properties = Json.objectBuilder();
            declared.forEach((name, value) -> {
                if (value instanceof JsonObject || value == JsonValue.TRUE) { // a false schema forbids the property
                    names.add(name);
                    properties.add(name, node(value, open, depth + 1));
                }
            });
            out.add("properties", properties);
            required(schema, names).ifPresent(required -> out.add("required", required));
            if (names.size() > 1) { // a protobuf Struct forgets the order
                JsonArrayBuilder ordering = Json.arrayBuilder();
                ordering(schema, names).forEach(ordering::add);
                out.add("propertyOrdering", ordering);
            }
        }
        switch (schema.get("additionalProperties")) {
            case JsonObject more -> out.add("additionalProperties", node(more, open, depth + 1));
            case JsonValue more when more == JsonValue.TRUE || more == JsonValue.FALSE -> out.add("additionalProperties", more);
            case null, default -> {
            }
        }
    }

    /** The required ones among the properties that there are: another name is a 400. */
    static Optional<JsonArray> required(JsonObject schema, List<String> names) {
        Set<String> known = new LinkedHashSet<>(names);
        Set<String> required = new LinkedHashSet<>();
        for (JsonValue name : Members.array(schema, "required")) {
            if (name instanceof JsonString text && known.contains(text.getString())) {
                required.add(text.getString());
            }
        }
        JsonArrayBuilder array = Json.arrayBuilder();
        required.forEach(array::add);
        return required.isEmpty() ? Optional.empty() : Optional.of(array.build());
    }

    /** The client's own order when it names just these properties, else the order in which they were declared. */
    static List<String> ordering(JsonObject schema, List<String> names) {
        List<String> given = new ArrayList<>();
        for (JsonValue name : Members.array(schema, "propertyOrdering")) {
            given.add(name instanceof JsonString text ? text.getString() : "");
        }
        return given.size() == names.size() && new LinkedHashSet<>(given).equals(new LinkedHashSet<>(names)) ? given : names;
    }

    private void branches(JsonObject schema, String keyword, Set<String> open, int depth, JsonObjectBuilder out, SchemaHints hints) {
        JsonArrayBuilder branches = Json.arrayBuilder();
        boolean says = false;
        for (JsonValue branch : Members.array(schema, keyword)) {
            if (branch != JsonValue.FALSE) {
                JsonObject converted = node(branch, open, depth + 1);
                says |= !converted.isEmpty();
                branches.add(converted);
            }
        }
        if (says) {
            if (keyword.equals("anyOf") && Members.isTrue(schema, "nullable") && SchemaTypes.of(schema).isEmpty()) {
                branches.add(Json.objectBuilder().add("type", "null"));
            }
            out.add(keyword, branches);
        } else if (schema.get(keyword) instanceof JsonArray lost && !lost.isEmpty()) { // e.g. [{"required":["a"]},{"required":["b"]}]
            hints.tell(keyword, lost);
        }
    }
}
