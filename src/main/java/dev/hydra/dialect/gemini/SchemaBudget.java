package dev.hydra.dialect.gemini;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * How much of a schema may be copied while its references are opened: four times what the client sent and 256 KiB more. A large
 * definition that is named thousands of times would else turn a request of kilobytes into one of megabytes.
 */
final class SchemaBudget {
    private static final long GRANT = 256 * 1024;
    private static final int FACTOR = 4;
    /** Charged for every opening or merge, however small. */
    private static final int LEAST = 64;
    private static final int SCALAR = 8;
    private static final int PUNCTUATION = 6;

    private final JsonObject whole;
    private final Map<JsonValue, Long> sizes = new IdentityHashMap<>();
    /** In characters; unknown until the first charge, because most schemas have nothing to open. */
    private long left = -1;

    SchemaBudget(JsonObject whole) {
        this.whole = whole;
    }

    /** Charges one copy of the schema; refuses when it is more than is left. */
    boolean affords(JsonObject schema) {
        return charge(size(schema));
    }

    /** Charges one merge onto what has been gathered so far, whose members are copied each time. */
    boolean affordsMerge(JsonObject gathered) {
        return charge((gathered.size() + Members.object(gathered, "properties").size()) * (long) SCALAR);
    }

    private boolean charge(long size) {
        if (left < 0) {
            left = GRANT + FACTOR * size(whole);
        }
        long cost = LEAST + size;
        if (cost > left) {
            return false;
        }
        left -= cost;
        return true;
    }

    /** About the characters that the value takes as text. */
    private long size(JsonValue value) {
        return switch (value) {
            case JsonString text -> text.getChars().length() + 2;
            case JsonObject object -> {
                Long known = sizes.get(object);
                yield known == null ? measured(object) : known;
            }
            case JsonArray array -> array.stream().mapToLong(this::size).sum() + PUNCTUATION;
            default -> SCALAR;
        };
    }

    private long measured(JsonObject object) {
        long size = PUNCTUATION;
        for (Map.Entry<String, JsonValue> member : object.entrySet()) {
            size += member.getKey().length() + PUNCTUATION + size(member.getValue());
        }
        sizes.put(object, size);
        return size;
    }
}
