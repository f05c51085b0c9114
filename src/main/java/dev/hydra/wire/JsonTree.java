package dev.hydra.wire;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Makes JSON-P's values of UTF-8 bytes in two thirds of the time that its own parser takes for a chunk, and in less than half of it for a large document
 * ({@code hydra bench --jmh TreeBenchmark}): that one goes by way of characters and events, and a stream has a document in every chunk. What is not plainly
 * right is not judged here but left to that parser.
 */
final class JsonTree {
    private static final int DEEPEST = 100;
    private static final int INT_DIGITS = 9;
    private static final int LONG_DIGITS = 18;

    private final byte[] json;
    private final JsonTokens tokens;

    private JsonTree(byte[] json, int offset, int length) {
        this.json = json;
        this.tokens = new JsonTokens(json, offset, length);
    }

    /** The one value of a text; empty when it has mistakes, or is nested very deep. */
    static Optional<JsonValue> read(byte[] utf8, int offset, int length) {
        JsonTree tree = new JsonTree(utf8, offset, length);
        try {
            JsonValue value = tree.value(0);
            return tree.tokens.space() < 0 ? Optional.of(value) : Optional.empty();
        } catch (MalformedJson | NumberFormatException mistake) {
            return Optional.empty();
        }
    }

    private JsonValue value(int depth) {
        if (depth > DEEPEST) {
            throw tokens.wrong(tokens.at(), "nested very deep");
        }
        return switch (tokens.space()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> Json.string(text(false));
            case 't' -> literal(JsonTokens.TRUE, JsonValue.TRUE);
            case 'f' -> literal(JsonTokens.FALSE, JsonValue.FALSE);
            case 'n' -> literal(JsonTokens.NULL, JsonValue.NULL);
            case -1 -> throw tokens.wrong(tokens.at(), "a value is expected");
            default -> number();
        };
    }

    private JsonValue object(int depth) {
        JsonObjectBuilder object = Json.objectBuilder();
        tokens.skip();
        if (tokens.space() == '}') {
            tokens.skip();
            return object.build();
        }
        while (true) {
            expect('"');
            String name = text(true);
            expect(':');
            tokens.skip();
            object.add(name, value(depth + 1));
            if (tokens.space() == '}') {
                tokens.skip();
                return object.build();
            }
            expect(',');
            tokens.skip();
        }
    }

    private JsonValue array(int depth) {
        JsonArrayBuilder array = Json.arrayBuilder();
        tokens.skip();
        if (tokens.space() == ']') {
            tokens.skip();
            return array.build();
        }
        while (true) {
            array.add(value(depth + 1));
            if (tokens.space() == ']') {
                tokens.skip();
                return array.build();
            }
            expect(',');
            tokens.skip();
        }
    }

    private void expect(char next) {
        if (tokens.space() != next) {
            throw tokens.wrong(tokens.at(), next + " is expected");
        }
    }

    private JsonValue literal(byte[] word, JsonValue value) {
        tokens.literal(word);
        return value;
    }

    private String text(boolean name) {
        int start = tokens.at() + 1;
        tokens.string();
        int end = tokens.at() - 1;
        if (tokens.escaped()) {
            return JsonText.decode(json, start, end);
        }
        return name ? KnownNames.of(json, start, end) : new String(json, start, end - start, StandardCharsets.UTF_8);
    }

    /** As JSON-P's parser has it: a whole number is kept as one, all else with all of its digits. */
    private JsonValue number() {
        int start = tokens.at();
        tokens.number();
        String text = new String(json, start, tokens.at() - start, StandardCharsets.ISO_8859_1);
        boolean whole = text.indexOf('.') < 0 && text.indexOf('e') < 0 && text.indexOf('E') < 0;
        if (whole && text.length() <= INT_DIGITS) {
            return Json.number(Integer.parseInt(text));
        }
        return whole && text.length() <= LONG_DIGITS ? Json.number(Long.parseLong(text)) : Json.number(new BigDecimal(text));
    }

    /** Members' names come again and again: the texts that were made of them, so that none is made twice and its hash is known. */
    private static final class KnownNames {
        private static final int PLACES = 1024;
        private static final int LONGEST = 40;
        /** A name found in its place may be any other, so it is compared; a race makes one text more, nothing worse. */
        private static final Known[] KNOWN = new Known[PLACES];

        private record Known(byte[] bytes, String text) {
        }

        static String of(byte[] json, int start, int end) {
            int length = end - start;
            if (length == 0 || length > LONGEST) {
                return new String(json, start, length, StandardCharsets.UTF_8);
            }
            int place = (json[start] * 31 + json[start + length / 2]) * 31 + json[end - 1] * 7 + length & PLACES - 1;
            Known known = KNOWN[place];
            if (known != null && Arrays.equals(known.bytes, 0, known.bytes.length, json, start, end)) {
                return known.text;
            }
            String text = new String(json, start, length, StandardCharsets.UTF_8);
            KNOWN[place] = new Known(Arrays.copyOfRange(json, start, end), text);
            return text;
        }
    }
}
