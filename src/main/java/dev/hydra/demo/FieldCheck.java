package dev.hydra.demo;

import dev.hydra.wire.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds what Google's JSON parser refuses: unknown fields and values of the wrong type (spec mapping §0.2, §4.1 O). */
final class FieldCheck {
    /** One refused place. */
    record Violation(String field, String description) {
    }

    /** Where a value stands; rendered only for an error. */
    private record Path(Path parent, String name, int index) {
        @Override
        public String toString() {
            String above = parent == null || parent.name.isEmpty() ? "" : parent + ".";
            return above + name + (index < 0 ? "" : "[" + index + "]");
        }
    }

    private static final Path ROOT = new Path(null, "", -1);
    private final List<Violation> violations = new ArrayList<>();

    private FieldCheck() {
    }

    /** The error that Google would send for the body as a message of this type. */
    static Optional<ApiError> check(JsonObject body, String type) {
        FieldCheck check = new FieldCheck();
        check.message(body, type, ROOT);
        return check.violations.isEmpty() ? Optional.empty() : Optional.of(violations(check.violations));
    }

    static ApiError violations(List<Violation> violations) {
        StringBuilder message = new StringBuilder();
        JsonArrayBuilder list = Json.arrayBuilder();
        for (Violation violation : violations) {
            message.append(message.isEmpty() ? "" : "\n").append(violation.description);
            var entry = Json.objectBuilder();
            if (!violation.field.isEmpty()) {
                entry.add("field", violation.field);
            }
            list.add(entry.add("description", violation.description));
        }
        return ApiError.invalid(message.toString()).with(ApiError.detail("BadRequest").add("fieldViolations", list).build());
    }

    static String unknownName(String name, String path) {
        return unknown(name, path, "Cannot find field.");
    }

    private static String unknown(String name, String path, String reason) {
        String place = path.isEmpty() ? "" : " at '" + path + "'";
        return "Invalid JSON payload received. Unknown name \"" + name + "\"" + place + ": " + reason;
    }

    private void message(JsonObject object, String type, Path path) {
        Map<String, FieldTable.Field> fields = FieldTable.fields(type);
        String set = null;
        for (Map.Entry<String, JsonValue> entry : object.entrySet()) {
            FieldTable.Field field = fields.get(entry.getKey());
            if (field == null) {
                add(path, unknownName(entry.getKey(), path.toString()));
            } else if (entry.getValue() != JsonValue.NULL) {
                if (field.oneof() && set != null) {
                    add(path, "Invalid value at '" + path + "' (oneof), oneof field 'data' is already set. Cannot set '"
                            + entry.getKey() + "'");
                }
                set = field.oneof() ? field.protoName() : set;
                field(entry.getValue(), field, path);
            }
        }
    }

    private void field(JsonValue value, FieldTable.Field field, Path parent) {
        if (field.kind() == FieldTable.Kind.MAP) {
            map(value, field, new Path(parent, field.protoName(), -1));
        } else if (!(value instanceof JsonArray list) || field.kind() == FieldTable.Kind.ANY) {
            value(value, field, new Path(parent, field.protoName(), -1));
        } else if (field.repeated()) {
            for (int i = 0; i < list.size(); i++) {
                value(list.get(i), field, new Path(parent, field.protoName(), i));
            }
        } else {
            add(parent, unknown(field.protoName(), parent.toString(), "Proto field is not repeating, cannot start list."));
        }
    }

    private void map(JsonValue value, FieldTable.Field field, Path path) {
        if (value instanceof JsonObject entries) {
            entries.forEach((name, entry) -> value(entry, new FieldTable.Field(name, FieldTable.Kind.MESSAGE, field.type(), false,
                    field.values(), false), new Path(path, name, -1)));
        } else {
            wrong(value, path, "Map");
        }
    }

    private void value(JsonValue value, FieldTable.Field field, Path path) {
        switch (field.kind()) {
            case MESSAGE, MAP -> {
                if (value instanceof JsonObject object) {
                    message(object, field.type(), path);
                } else {
                    wrong(value, path, "type.googleapis.com/google.ai.generativelanguage.v1beta." + field.type());
                }
            }
            case STRING -> require(value instanceof JsonString, value, path, "TYPE_STRING");
            case BOOL -> require(value == JsonValue.TRUE || value == JsonValue.FALSE, value, path, "TYPE_BOOL");
            case INT -> require(isInteger(value), value, path, "TYPE_INT32");
            case NUMBER -> require(value instanceof JsonNumber || value instanceof JsonString, value, path, "TYPE_DOUBLE");
            case BYTES -> require(value instanceof JsonString text && isBase64(text.getChars()), value, path, "TYPE_BYTES");
            case ENUM -> require(isEnum(value, field), value, path, "type.googleapis.com/enum");
            case STRUCT -> require(value instanceof JsonObject, value, path, "type.googleapis.com/google.protobuf.Struct");
            case ANY -> {
                // Any JSON value is taken.
            }
        }
    }

    private static boolean isInteger(JsonValue value) {
        if (value instanceof JsonNumber number) {
            return number.isIntegral() || number.bigDecimalValue().remainder(BigDecimal.ONE).signum() == 0;
        }
        return value instanceof JsonString text && !text.getString().isEmpty()
                && text.getString().chars().allMatch(c -> Character.isDigit(c) || c == '-');
    }

    private static boolean isEnum(JsonValue value, FieldTable.Field field) {
        if (value instanceof JsonString name) {
            return field.values().isEmpty() || field.values().contains(name.getString().toUpperCase(Locale.ROOT));
        }
        return value instanceof JsonNumber number && number.isIntegral();
    }

    private static boolean isBase64(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!plain && c != '+' && c != '/' && c != '-' && c != '_' && c != '=' && c != '\n' && c != '\r') {
                return false;
            }
        }
        return true;
    }

    private void require(boolean right, JsonValue value, Path path, String type) {
        if (!right) {
            wrong(value, path, type);
        }
    }

    private void wrong(JsonValue value, Path path, String type) {
        String shown = value.toString();
        add(path, "Invalid value at '" + path + "' (" + type + "), " + (shown.length() > 100 ? shown.substring(0, 100) : shown));
    }

    private void add(Path path, String description) {
        if (violations.size() < 20) {
            violations.add(new Violation(path.toString(), description));
        }
    }
}
