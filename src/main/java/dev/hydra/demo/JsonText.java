package dev.hydra.demo;

import dev.hydra.wire.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Field access that takes camelCase and snake_case alike (spec mapping §0.2). */
final class JsonText {
    private static final Map<String, String> SNAKE = new ConcurrentHashMap<>();

    private JsonText() {
    }

    /** Reads one object. @throws JsonException for anything else, nesting that is too deep included */
    static JsonObject parse(byte[] json) {
        try {
            return Json.object(json);
        } catch (ClassCastException | IllegalStateException | StackOverflowError e) {
            throw new JsonException("not one JSON object", e);
        }
    }

    static JsonValue number(BigDecimal number) {
        return Json.arrayBuilder().add(number).build().getFirst();
    }

    static JsonValue number(BigInteger number) {
        return Json.arrayBuilder().add(number).build().getFirst();
    }

    /** The snake_case spelling of a camelCase name. */
    static String snake(String camel) {
        String known = SNAKE.get(camel);
        return known != null ? known : SNAKE.computeIfAbsent(camel, JsonText::toSnake);
    }

    private static String toSnake(String camel) {
        StringBuilder snake = new StringBuilder(camel.length() + 4);
        for (int i = 0; i < camel.length(); i++) {
            char c = camel.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                snake.append('_').append((char) (c + 32));
            } else {
                snake.append(c);
            }
        }
        return snake.toString();
    }

    /** The field in either spelling; {@link JsonValue#NULL} when it is absent. */
    static JsonValue field(JsonObject object, String camel) {
        JsonValue value = object.get(camel);
        if (value == null) {
            value = object.get(snake(camel));
        }
        return value == null ? JsonValue.NULL : value;
    }

    static boolean has(JsonObject object, String camel) {
        return field(object, camel) != JsonValue.NULL;
    }

    /** The field as an object; an empty one when it is absent or something else. */
    static JsonObject object(JsonObject object, String camel) {
        return field(object, camel) instanceof JsonObject child ? child : JsonValue.EMPTY_JSON_OBJECT;
    }

    /** The field as a list: a single value stands for a list of one, as Google takes it (spec mapping §11). */
    static Iterable<JsonValue> list(JsonObject object, String camel) {
        JsonValue value = field(object, camel);
        return switch (value.getValueType()) {
            case ARRAY -> value.asJsonArray();
            case NULL -> JsonValue.EMPTY_JSON_ARRAY;
            case OBJECT, STRING, NUMBER, TRUE, FALSE -> List.of(value);
        };
    }

    static String string(JsonObject object, String camel) {
        return field(object, camel) instanceof JsonString text ? text.getString() : "";
    }

    static boolean flag(JsonObject object, String camel) {
        return field(object, camel) == JsonValue.TRUE;
    }

    /** The field as an integer, where Google takes a number or a string of digits. */
    static Optional<Integer> integer(JsonObject object, String camel) {
        JsonValue value = field(object, camel);
        if (value instanceof JsonNumber number) {
            return Optional.of(number.intValue());
        }
        try {
            return value instanceof JsonString text ? Optional.of(Integer.valueOf(text.getString())) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
