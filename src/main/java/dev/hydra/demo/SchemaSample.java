package dev.hydra.demo;

import dev.hydra.wire.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Makes one value that is valid by a JSON Schema or by Google's Schema type, with content from the prompt where it fits.
 * Optional properties are filled in near the root and left out further down, so that recursive schemas end.
 */
final class SchemaSample {
    private static final int DEEP = 4;
    private static final int BOTTOM = 24;
    private final JsonObject root;
    private final Hints hints;

    SchemaSample(JsonObject schema, Hints hints) {
        this.root = schema;
        this.hints = hints;
    }

    JsonValue make() {
        return value(root, "", 0);
    }

    private JsonValue value(JsonValue schemaValue, String name, int depth) {
        if (!(schemaValue instanceof JsonObject written) || depth > BOTTOM) {
            return string(JsonValue.EMPTY_JSON_OBJECT, name);
        }
        JsonObject schema = resolve(written, 0);
        if (schema.containsKey("const")) {
            return schema.get("const");
        }
        if (schema.get("enum") instanceof JsonArray options && !options.isEmpty()) {
            return choose(options);
        }
        for (String union : new String[] {"anyOf", "oneOf"}) {
            if (JsonText.field(schema, union) instanceof JsonArray options && !options.isEmpty()) {
                return value(merge(schema, branch(options), union), name, depth + 1);
            }
        }
        return switch (type(schema)) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, name, depth);
            case "integer" -> number(schema, true);
            case "number" -> number(schema, false);
            case "boolean" -> JsonValue.TRUE;
            case "null" -> JsonValue.NULL;
            default -> string(schema, name);
        };
    }

    /** Follows $ref and joins allOf; siblings of a reference win. */
    private JsonObject resolve(JsonObject schema, int hops) {
        JsonObject result = schema;
        if (schema.get("$ref") instanceof JsonString reference && hops < BOTTOM) {
            result = merge(schema, resolve(target(reference.getString()), hops + 1), "$ref");
        }
        if (result.get("allOf") instanceof JsonArray all && hops < BOTTOM) {
            JsonObject joined = result;
            for (JsonValue part : all) {
                joined = part instanceof JsonObject object ? merge(joined, resolve(object, hops + 1), "allOf") : joined;
            }
            return Json.objectBuilder(joined).remove("allOf").build();
        }
        return result;
    }

    private JsonObject target(String reference) {
        JsonValue at = root;
        for (String step : reference.substring(Math.min(2, reference.length())).split("/")) {
            String key = step.replace("~1", "/").replace("~0", "~");
            at = key.isEmpty() ? at : at instanceof JsonObject object ? object.getOrDefault(key, JsonValue.NULL) : JsonValue.NULL;
        }
        return at instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
    }

    /** Both schemas in one, without the keyword that brought them together; properties and required are united. */
    private static JsonObject merge(JsonObject schema, JsonObject added, String keyword) {
        JsonObjectBuilder merged = Json.objectBuilder(added);
        schema.forEach((key, value) -> {
            if (!key.equals(keyword)) {
                merged.add(key, value);
            }
        });
        if (schema.get("properties") instanceof JsonObject own && added.get("properties") instanceof JsonObject others) {
            JsonObjectBuilder properties = Json.objectBuilder(others);
            own.forEach(properties::add);
            merged.add("properties", properties);
        }
        if (schema.get("required") instanceof JsonArray own && added.get("required") instanceof JsonArray others) {
            merged.add("required", both(own, others));
        }
        return merged.build();
    }

    private static JsonArrayBuilder both(JsonArray first, JsonArray second) {
        JsonArrayBuilder both = Json.arrayBuilder();
        first.forEach(both::add);
        second.forEach(both::add);
        return both;
    }

    private JsonObject branch(JsonArray options) {
        for (JsonValue option : options) {
            if (option instanceof JsonObject schema && !"null".equals(type(resolve(schema, 0)))) {
                return resolve(schema, 0);
            }
        }
        return Json.objectBuilder().add("type", "null").build();
    }

    private static String type(JsonObject schema) {
        JsonValue type = schema.getOrDefault("type", JsonValue.NULL);
        if (type instanceof JsonArray several && !several.isEmpty()) {
            type = several.getFirst();
            for (JsonValue one : several) {
                type = "null".equals(RequestCheck.text(type)) ? one : type;
            }
        }
        String name = RequestCheck.text(type).toLowerCase(Locale.ROOT);
        if (!name.isEmpty()) {
            return name;
        }
        return schema.containsKey("properties") ? "object" : schema.containsKey("items") ? "array" : "string";
    }

    private JsonValue choose(JsonArray options) {
        for (JsonValue option : options) {
            if (option instanceof JsonString text && !text.getString().isEmpty() && hints.mentions(text.getString())) {
                return option;
            }
        }
        return options.getFirst();
    }

    private JsonObject object(JsonObject schema, int depth) {
        Set<String> required = new HashSet<>();
        JsonText.list(schema, "required").forEach(name -> required.add(RequestCheck.text(name)));
        Map<String, JsonValue> properties = new LinkedHashMap<>(JsonText.object(schema, "properties"));
        required.forEach(name -> properties.putIfAbsent(name, JsonValue.EMPTY_JSON_OBJECT));
        JsonObjectBuilder object = Json.objectBuilder();
        properties.forEach((name, property) -> {
            if ((depth < DEEP || required.contains(name)) && property != JsonValue.FALSE) {
                object.add(name, value(property, name, depth + 1));
            }
        });
        return object.build();
    }

    private JsonArray array(JsonObject schema, String name, int depth) {
        int least = JsonText.integer(schema, "minItems").orElse(depth < DEEP ? 1 : 0);
        int count = Math.min(least, JsonText.integer(schema, "maxItems").orElse(least));
        JsonArrayBuilder array = Json.arrayBuilder();
        JsonArray prefix = JsonText.field(schema, "prefixItems") instanceof JsonArray items ? items : JsonValue.EMPTY_JSON_ARRAY;
        for (int i = 0; i < Math.max(count, prefix.size()); i++) {
            JsonValue item = i < prefix.size() ? prefix.get(i) : schema.getOrDefault("items", JsonValue.EMPTY_JSON_OBJECT);
            array.add(value(item, name, depth + 1));
        }
        return array.build();
    }

    private JsonValue number(JsonObject schema, boolean whole) {
        BigDecimal least = bound(schema, "minimum", "exclusiveMinimum", BigDecimal.ONE);
        BigDecimal most = bound(schema, "maximum", "exclusiveMaximum", BigDecimal.ONE.negate());
        BigDecimal number = hints.number().map(BigDecimal::new).orElse(BigDecimal.ONE);
        number = whole ? number.setScale(0, RoundingMode.DOWN) : number;
        number = most != null ? number.min(most) : number;
        number = least != null ? number.max(least) : number;
        if (JsonText.field(schema, "multipleOf") instanceof JsonNumber step && step.bigDecimalValue().signum() > 0) {
            BigDecimal unit = step.bigDecimalValue();
            BigDecimal rounded = number.divideToIntegralValue(unit).multiply(unit);
            number = least != null && rounded.compareTo(least) < 0 ? rounded.add(unit) : rounded;
        }
        return whole ? JsonText.number(number.setScale(0, RoundingMode.CEILING).toBigInteger()) : JsonText.number(number);
    }

    private static BigDecimal bound(JsonObject schema, String name, String exclusive, BigDecimal inside) {
        if (JsonText.field(schema, exclusive) instanceof JsonNumber number) {
            return number.bigDecimalValue().add(inside);
        }
        return JsonText.field(schema, name) instanceof JsonNumber number ? number.bigDecimalValue() : null;
    }

    private JsonValue string(JsonObject schema, String name) {
        String value = switch (JsonText.string(schema, "format")) {
            case "date-time" -> "2026-01-31T12:00:00Z";
            case "date" -> "2026-01-31";
            case "time" -> "12:00:00Z";
            case "duration" -> "P1D";
            case "email" -> "someone@example.com";
            case "uri", "url" -> "https://example.com/";
            case "uuid" -> "00000000-0000-4000-8000-000000000000";
            case "ipv4" -> "192.0.2.1";
            default -> fill(schema, name);
        };
        return Json.string(value);
    }

    private String fill(JsonObject schema, String name) {
        String value = hints.name().orElseGet(() -> hints.text(80));
        StringBuilder text = new StringBuilder(value.isEmpty() ? name.isEmpty() ? "example" : name : value);
        int least = JsonText.integer(schema, "minLength").orElse(0);
        while (text.codePointCount(0, text.length()) < least) {
            text.append('.');
        }
        int most = JsonText.integer(schema, "maxLength").orElse(Integer.MAX_VALUE);
        return text.codePointCount(0, text.length()) <= most ? text.toString() : text.substring(0, text.offsetByCodePoints(0, most));
    }
}
