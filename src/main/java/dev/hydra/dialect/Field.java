package dev.hydra.dialect;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One place in a client's JSON: its path and what is there. A wrong type becomes an {@link InvalidRequest} that names the path, so a reader
 * never casts. JSON's {@code null} counts as absent, because OpenAI's clients send it for every option that was not set.
 */
public final class Field {
    /** The largest magnitude below which a double can still be a whole {@code long}. */
    private static final double LONG_LIMIT = 9.3e18;

    private final Field parent;
    private final String step;
    private final JsonValue value;

    private Field(Field parent, String step, JsonValue value) {
        this.parent = parent;
        this.step = step;
        this.value = value;
    }

    private Field(String path, JsonValue value) {
        this.parent = this;
        this.step = path;
        this.value = value;
    }

    /** The body itself; its path is empty. */
    public static Field root(JsonObject body) {
        return new Field("", body);
    }

    /** A body that stands at {@code path} in the client's eyes. @param path may be empty */
    public static Field at(String path, JsonValue value) {
        return new Field(path, value);
    }

    /** Where this is, e.g. {@code messages[2].content[0].text}; empty for the body itself. */
    public String path() {
        if (parent == this) {
            return step;
        }
        String before = parent.path();
        return before.isEmpty() || step.startsWith("[") ? before + step : before + "." + step;
    }

    /** Whether something other than null is here. */
    public boolean present() {
        return value.getValueType() != JsonValue.ValueType.NULL;
    }

    /** This when it is present, else {@code other}. */
    public Field or(Field other) {
        return present() ? this : other;
    }

    /** The member of that name; absent when there is none or when this is not an object. */
    public Field get(String name) {
        JsonValue member = value instanceof JsonObject object ? object.get(name) : null;
        return new Field(this, name, member == null ? JsonValue.NULL : member);
    }

    /** As {@link #get}, but refuses anything but an object or nothing here. @throws InvalidRequest when this is something else */
    public Field member(String name) {
        if (present() && !isObject()) {
            throw wrong("an object");
        }
        return get(name);
    }

    /** The first of the members that is present; absent when none is. */
    public Field first(String... names) {
        Field found = get(names[0]);
        for (int i = 1; i < names.length && !found.present(); i++) {
            found = get(names[i]);
        }
        return found;
    }

    /** Names of the members; empty when this is not an object. */
    public Set<String> names() {
        return value instanceof JsonObject object ? object.keySet() : Set.of();
    }

    /** Whether a string is here. */
    public boolean isText() {
        return value instanceof JsonString;
    }

    /** Whether an object is here. */
    public boolean isObject() {
        return value instanceof JsonObject;
    }

    /** Whether an array is here. */
    public boolean isArray() {
        return value instanceof JsonArray;
    }

    /** Whether a boolean is here. */
    public boolean isBoolean() {
        return value == JsonValue.TRUE || value == JsonValue.FALSE;
    }

    /** What is here, of any type; {@link JsonValue#NULL} when absent. */
    public JsonValue value() {
        return value;
    }

    /** The string here. @throws InvalidRequest when there is none */
    public String text() {
        if (value instanceof JsonString string) {
            return string.getString();
        }
        throw wrong("a string");
    }

    /** The string here, or {@code otherwise} when absent. @throws InvalidRequest when it is something else */
    public String textOr(String otherwise) {
        return present() ? text() : otherwise;
    }

    /** The string here when it is one; else the empty string. */
    public String textIfAny() {
        return value instanceof JsonString string ? string.getString() : "";
    }

    /** The object here. @throws InvalidRequest when there is none */
    public JsonObject object() {
        if (value instanceof JsonObject object) {
            return object;
        }
        throw wrong("an object");
    }

    /** The object here, or the empty object when absent. @throws InvalidRequest when it is something else */
    public JsonObject objectOrEmpty() {
        return present() ? object() : JsonValue.EMPTY_JSON_OBJECT;
    }

    /** The elements of the array here; none when absent. @throws InvalidRequest when it is something else */
    public List<Field> items() {
        if (!present()) {
            return List.of();
        }
        if (!(value instanceof JsonArray array)) {
            throw wrong("an array");
        }
        List<Field> items = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            items.add(new Field(this, "[" + i + "]", array.get(i)));
        }
        return items;
    }

    /** What is here when it stands alone, the elements of an array; none when absent. */
    public List<Field> oneOrAll() {
        return isArray() ? items() : present() ? List.of(this) : List.of();
    }

    /** The strings of the array here; none when absent. @throws InvalidRequest when something else is found */
    public List<String> texts() {
        return items().stream().map(Field::text).toList();
    }

    /** The boolean here, or {@code otherwise} when absent. @throws InvalidRequest when it is something else */
    public boolean booleanOr(boolean otherwise) {
        if (!present()) {
            return otherwise;
        }
        if (!isBoolean()) {
            throw wrong("a boolean");
        }
        return value == JsonValue.TRUE;
    }

    /** The number here; empty when absent. @throws InvalidRequest when it is something else or beyond a double */
    public OptionalDouble number() {
        if (!present()) {
            return OptionalDouble.empty();
        }
        if (!(value instanceof JsonNumber number) || !Double.isFinite(number.doubleValue())) {
            throw wrong("a number");
        }
        return OptionalDouble.of(number.doubleValue());
    }

    /** The whole number here ({@code 5.0} is one); empty when absent. @throws InvalidRequest when it is something else or beyond a long */
    public OptionalLong integer() {
        if (!present()) {
            return OptionalLong.empty();
        }
        // The double is looked at first: turning 1e999999999 into a BigInteger would take for ever.
        if (value instanceof JsonNumber number && Math.abs(number.doubleValue()) < LONG_LIMIT) {
            try {
                return OptionalLong.of(number.bigDecimalValue().longValueExact());
            } catch (ArithmeticException fraction) {
                throw wrong("an integer");
            }
        }
        throw wrong("an integer");
    }

    /**
     * The whole number here, at least {@code min}; larger ones than {@code max} become {@code max}.
     *
     * @throws InvalidRequest when it is something else or too small
     */
    public OptionalInt integer(int min, int max) {
        OptionalLong number = integer();
        if (number.isEmpty()) {
            return OptionalInt.empty();
        }
        if (number.getAsLong() < min) {
            throw invalid("must be at least " + min + ", but is " + number.getAsLong());
        }
        return OptionalInt.of((int) Math.min(max, number.getAsLong()));
    }

    /** A refusal that names this field. @param problem follows the path in the message, e.g. {@code must not be empty} */
    public InvalidRequest invalid(String problem) {
        String path = path();
        return new InvalidRequest(path, (path.isEmpty() ? "The body" : "'" + path + "'") + " " + problem + ".");
    }

    /** A refusal because of the type. @param allowed what may stand here, e.g. {@code a string or an array} */
    public InvalidRequest wrong(String allowed) {
        return invalid(present() ? "must be " + allowed + ", but is " + kind() : "is required and must be " + allowed);
    }

    /** A refusal because of the value. @param allowed the values that may stand here */
    public InvalidRequest unknown(List<String> allowed) {
        String said = textIfAny();
        String shown = said.length() > 40 ? said.substring(0, 40) + "…" : said;
        return invalid("must be one of " + String.join(", ", allowed) + (present() ? ", but is '" + shown + "'" : ""));
    }

    private String kind() {
        return switch (value.getValueType()) {
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case STRING -> "a string";
            case NUMBER -> "a number";
            case TRUE, FALSE -> "a boolean";
            case NULL -> "null";
        };
    }
}
