package dev.hydra.dialect.gemini;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;

/** Members of a JSON object read without trust: what is absent, null or of another type reads as empty. */
final class Members {
    private static final int MAX_DIGITS = 30;

    private Members() {
    }

    static JsonObject object(JsonObject parent, String name) {
        return parent.get(name) instanceof JsonObject found ? found : JsonValue.EMPTY_JSON_OBJECT;
    }

    static JsonArray array(JsonObject parent, String name) {
        return parent.get(name) instanceof JsonArray found ? found : JsonValue.EMPTY_JSON_ARRAY;
    }

    static String text(JsonObject parent, String name) {
        return parent.get(name) instanceof JsonString found ? found.getString() : "";
    }

    static boolean isTrue(JsonObject parent, String name) {
        return parent.get(name) == JsonValue.TRUE;
    }

    /** A whole number, which proto3 JSON may also write as a string (int64). */
    static long whole(JsonObject parent, String name) {
        return switch (parent.get(name)) {
            case JsonNumber number -> number.longValue();
            case JsonString text -> digits(text.getString());
            case null, default -> 0;
        };
    }

    static double real(JsonObject parent, String name) {
        return parent.get(name) instanceof JsonNumber found ? found.doubleValue() : 0;
    }

    /** Whether a number has no fraction; 5, 5.0 and 5e0 have none. */
    static boolean isWhole(BigDecimal number) {
        return number.signum() == 0 || number.scale() <= 0 || number.stripTrailingZeros().scale() <= 0;
    }

    /** Whether a number can be written out: {@code 1e4000000} is ten characters on the wire and millions of digits as an integer. */
    static boolean isModest(BigDecimal number) {
        return Math.abs((long) number.precision() - number.scale()) <= MAX_DIGITS;
    }

    private static long digits(String text) {
        if (text.isEmpty() || text.length() > 18) {
            return 0;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return 0;
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }
}
