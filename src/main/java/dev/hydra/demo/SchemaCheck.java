package dev.hydra.demo;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Locale;
import java.util.Map;

/** What Google refuses in its own Schema type beyond unknown fields (spec mapping §1.4, right column). */
final class SchemaCheck {
    private SchemaCheck() {
    }

    /** The problem as Google words it; empty when there is none. */
    static String check(JsonObject schema, String path) {
        if (schema.isEmpty()) {
            return "";
        }
        String type = JsonText.string(schema, "type").toUpperCase(Locale.ROOT);
        String format = JsonText.string(schema, "format");
        if ("STRING".equals(type) && !format.isEmpty() && !"enum".equals(format) && !"date-time".equals(format)) {
            return "* " + path + ".format: only 'enum' and 'date-time' are supported for STRING type";
        }
        if ("ARRAY".equals(type) && !JsonText.has(schema, "items")) {
            return "* " + path + ".items: missing field.";
        }
        JsonObject properties = JsonText.object(schema, "properties");
        int index = 0;
        for (JsonValue required : JsonText.list(schema, "required")) {
            if (!properties.containsKey(RequestCheck.text(required))) {
                return "* " + path + ".required[" + index + "]: property is not defined";
            }
            index++;
        }
        return children(schema, properties, path);
    }

    private static String children(JsonObject schema, JsonObject properties, String path) {
        String problem = check(JsonText.object(schema, "items"), path + ".items");
        for (Map.Entry<String, JsonValue> property : properties.entrySet()) {
            if (problem.isEmpty()) {
                problem = check(property.getValue().asJsonObject(), path + ".properties[" + property.getKey() + "]");
            }
        }
        int index = 0;
        for (JsonValue option : JsonText.list(schema, "anyOf")) {
            if (problem.isEmpty()) {
                problem = check(option.asJsonObject(), path + ".any_of[" + index++ + "]");
            }
        }
        return problem;
    }
}
