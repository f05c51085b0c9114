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
import java.util.Set;

/**
 * Turns any JSON Schema into {@code Schema}, the OpenAPI subset that {@code parameters} and {@code responseSchema} of models before 2.5
 * take (spec mapping §1.4). An unknown keyword is a 400 there, so nothing but the known ones is written; references are opened in place.
 */
final class OpenApiSchema {
    /** Keywords that the converted schema may hold. */
    static final Set<String> KEYWORDS = Set.of("type", "format", "description", "nullable", "enum", "items", "minItems", "maxItems",
            "properties", "required", "propertyOrdering", "minProperties", "maxProperties", "minLength", "maxLength", "pattern", "minimum",
            "maximum", "anyOf");
    private static final int MAX_DEPTH = 16;
    /** Schemas written at most: references opened in place could multiply without end. */
    private static final int BUDGET = 4000;
    private static final Set<String> COUNTS = Set.of("minItems", "maxItems", "minProperties", "maxProperties", "minLength", "maxLength");
    private static final Set<String> TOLD = Set.of("not", "if", "then", "else", "dependentRequired", "dependentSchemas", "dependencies",
            "patternProperties", "propertyNames", "contains", "multipleOf", "uniqueItems");

    private final SchemaMerge merge;
    private int written;

    private OpenApiSchema(JsonObject schema) {
        this.merge = new SchemaMerge(new SchemaRoot(schema));
    }

    static JsonObject of(JsonObject schema) {
        OpenApiSchema converter = new OpenApiSchema(schema);
        return converter.node(converter.merge.flat(schema, Set.of("#")), 0);
    }

    private JsonObject node(JsonValue schema, Set<String> open, int depth) {
        if (schema instanceof JsonObject object) {
            return node(merge.flat(object, open), depth);
        }
        return Json.objectBuilder().add("type", "string").build();
    }

    private JsonObject node(Merged flat, int depth) {
        String ref = flat.lone();
        if (!ref.isEmpty() && (flat.open().contains(ref) || depth >= MAX_DEPTH || written >= BUDGET)) {
            return Json.objectBuilder().add("type", "object").add("description", "as " + ref.substring(ref.lastIndexOf('/') + 1) + " above")
                    .build();
        }
        Merged opened = merge.opened(flat);
        JsonObject schema = opened.schema();
        written++;
        Set<String> types = new LinkedHashSet<>(SchemaTypes.of(schema));
        boolean nullable = types.remove("null") || Members.isTrue(schema, "nullable")
                || SchemaTypes.values(schema).contains(JsonValue.NULL);
        JsonObjectBuilder out = Json.objectBuilder();
        SchemaHints hints = new SchemaHints().tell(schema, TOLD);
        List<JsonObject> branches = branches(schema, opened.open(), depth);
        nullable |= branches.removeIf(OpenApiSchema::isNull);
        if (types.size() > 1) {
            types.forEach(type -> branches.add(typed(type, schema, opened.open(), depth, hints)));
        }
        String type = types.size() == 1 ? types.iterator().next() : "";
        boolean structured = schema.containsKey("properties") || type.equals("array");
        if (branches.size() == 1 && !structured) {
            branches.getFirst().forEach(out::add);
        } else if (branches.size() > 1 && !structured) {
            JsonArrayBuilder any = Json.arrayBuilder();
            branches.forEach(any::add);
            out.add("anyOf", any);
        } else {
            typed(type.isEmpty() ? "object" : type, schema, opened.open(), depth, hints).forEach(out::add);
        }
        if (nullable) {
            out.add("nullable", true);
        }
        String description = hints.behind(Members.text(schema, "description"));
        if (!description.isBlank()) {
            out.add("description", description);
        }
        return out.build();
    }

    private static boolean isNull(JsonObject schema) {
        return "null".equals(Members.text(schema, "type"));
    }

    private List<JsonObject> branches(JsonObject schema, Set<String> open, int depth) {
        List<JsonObject> branches = new ArrayList<>();
        if (depth >= MAX_DEPTH) {
            return branches;
        }
        for (String keyword : List.of("anyOf", "oneOf")) {
            for (JsonValue branch : Members.array(schema, keyword)) {
                if (branch instanceof JsonObject object && !(object.size() == 1 && object.containsKey("required"))) {
                    branches.add("null".equals(Members.text(object, "type")) ? Json.objectBuilder().add("type", "null").build()
                            : node(object, open, depth + 1));
                }
            }
        }
        return branches;
    }

    /** The keywords that belong to one type. */
    private JsonObject typed(String type, JsonObject schema, Set<String> open, int depth, SchemaHints hints) {
        JsonObjectBuilder out = Json.objectBuilder().add("type", type);
        format(type, schema, out, hints);
        values(type, schema, out);
        schema.forEach((name, value) -> {
            if (COUNTS.contains(name) && value instanceof JsonNumber number && number.isIntegral()) {
                out.add(name, value);
            }
        });
        if (type.equals("string") && schema.get("pattern") instanceof JsonString pattern) {
            out.add("pattern", pattern);
        }
        if (type.equals("integer") || type.equals("number")) {
            SchemaBounds.write(schema, Set.of(type), out, hints);
        }
        if (type.equals("array")) {
            out.add("items", items(schema, open, depth));
        }
        if (type.equals("object") && depth < MAX_DEPTH) {
            objects(schema, open, depth, out);
        }
        return out.build();
    }

    /** "only 'enum' and 'date-time' are supported for STRING type" */
    private static void format(String type, JsonObject schema, JsonObjectBuilder out, SchemaHints hints) {
        String format = Members.text(schema, "format");
        boolean known = switch (type) {
            case "string" -> format.equals("date-time");
            case "integer" -> format.equals("int32") || format.equals("int64");
            case "number" -> format.equals("float") || format.equals("double");
            default -> false;
        };
        if (known) {
            out.add("format", format);
        } else if (!format.isEmpty() && !format.equals("enum")) {
            hints.tell("format", schema.get("format"));
        }
    }

    /** The field is a list of strings; {@link ArgumentTypes} turns the model's answer back. Empty strings are refused. */
    private static void values(String type, JsonObject schema, JsonObjectBuilder out) {
        JsonArrayBuilder strings = Json.arrayBuilder();
        boolean any = false;
        for (JsonValue value : SchemaTypes.values(schema)) {
            String text = value instanceof JsonString string ? string.getString() : value == JsonValue.NULL ? "" : value.toString();
            if (!text.isEmpty()) {
                strings.add(text);
                any = true;
            }
        }
        if (any) {
            out.add("enum", strings);
            if (type.equals("string")) {
                out.add("format", "enum");
            }
        }
    }

    /** "items: missing field"; a tuple becomes a list of any of its members. */
    private JsonObject items(JsonObject schema, Set<String> open, int depth) {
        JsonValue items = schema.get("items");
        JsonArray tuple = items instanceof JsonArray old ? old : Members.array(schema, "prefixItems");
        if (depth >= MAX_DEPTH || tuple.isEmpty() && (!(items instanceof JsonObject object) || object.isEmpty())) {
            return Json.objectBuilder().add("type", "string").build();
        }
        if (tuple.isEmpty()) {
            return node(items, open, depth + 1);
        }
        Set<JsonObject> kinds = new LinkedHashSet<>();
        tuple.forEach(element -> kinds.add(node(element, open, depth + 1)));
        if (kinds.size() == 1) {
            return kinds.iterator().next();
        }
        JsonArrayBuilder any = Json.arrayBuilder();
        kinds.forEach(any::add);
        return Json.objectBuilder().add("anyOf", any).build();
    }

    /** An object whose properties are not named has none: empty ones are refused ("should be non-empty for OBJECT type"). */
    private void objects(JsonObject schema, Set<String> open, int depth, JsonObjectBuilder out) {
        List<String> names = new ArrayList<>();
        JsonObjectBuilder properties = Json.objectBuilder();
        Members.object(schema, "properties").forEach((name, value) -> {
            if (value instanceof JsonObject || value == JsonValue.TRUE) {
                names.add(name);
                properties.add(name, node(value, open, depth + 1));
            }
        });
        if (names.isEmpty()) {
            return;
        }
        out.add("properties", properties);
        JsonSchema.required(schema, names).ifPresent(required -> out.add("required", required));
        if (names.size() > 1) {
            JsonArrayBuilder ordering = Json.arrayBuilder();
            JsonSchema.ordering(schema, names).forEach(ordering::add);
            out.add("propertyOrdering", ordering);
        }
    }
}
