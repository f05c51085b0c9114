package dev.hydra.dialect.gemini;

import dev.hydra.wire.Json;
import jakarta.json.stream.JsonParser;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Whether a text can travel as a protobuf {@code Struct} without losing anything: one JSON value with nothing behind it (JSON lines are
 * several), no repeated key, not too deep, and every number one that a double keeps.
 */
final class ExactJson {
    /** Protobuf's JSON reader gives up at 100 levels. */
    private static final int MAX_DEPTH = 64;
    private static final BigDecimal LARGEST = new BigDecimal(1L << 53);

    private ExactJson() {
    }

    static boolean is(String text) {
        try (JsonParser parser = Json.parser(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
            Deque<Set<String>> open = new ArrayDeque<>();
            int values = 0;
            while (parser.hasNext()) {
                JsonParser.Event event = parser.next();
                switch (event) {
                    case START_OBJECT, START_ARRAY -> open.push(new HashSet<>());
                    case END_OBJECT, END_ARRAY -> open.pop();
                    case KEY_NAME, VALUE_STRING, VALUE_NUMBER, VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> {
                    }
                }
                boolean top = open.isEmpty();
                values += top ? 1 : 0;
                boolean repeated = event == JsonParser.Event.KEY_NAME && !open.element().add(parser.getString());
                boolean inexact = event == JsonParser.Event.VALUE_NUMBER && !keeps(parser, top, text);
                if (values > 1 || repeated || inexact || open.size() > MAX_DEPTH) {
                    return false;
                }
            }
            return values == 1;
        } catch (RuntimeException notJson) { // JSON-P also throws plain ones, e.g. for too deep nesting
            return false;
        }
    }

    /** A text that is nothing but a number ({@code 1.10} may be a version) must be just what a double prints. */
    private static boolean keeps(JsonParser parser, boolean alone, String text) {
        BigDecimal exact = parser.getBigDecimal();
        double rounded = exact.doubleValue();
        boolean small = Double.isFinite(rounded) && exact.abs().compareTo(LARGEST) <= 0;
        if (!small || new BigDecimal(Double.toString(rounded)).compareTo(exact) != 0) {
            return false;
        }
        String bare = text.strip();
        return !alone || bare.equals(Double.toString(rounded)) || rounded == Math.rint(rounded)
                && bare.equals(Long.toString((long) rounded));
    }
}
