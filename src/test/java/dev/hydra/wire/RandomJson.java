package dev.hydra.wire;

import java.util.List;
import java.util.Random;

/** Makes JSON objects of every shape from a number: all kinds of values, white space, escapes, characters of one to four bytes. */
final class RandomJson {
    private static final List<String> SCALARS = List.of("true", "false", "null", "0", "-0.0", "12", "1e5", "1.25E-3", "\"files/a\"",
            "\"\\/\\b\\f\\n\\r\\t\\\"\\\\\\u00E9\\ud83d\\ude00\"", "{}", "[ ]", "\"\"", "\"a longer text without anything special\"");
    private static final List<String> CHARACTERS = List.of("a", "Z", " ", "é", "語", "😀", "\\\"", "\\\\", "\\u0041", "/", "\u007f");
    private static final List<String> SPACES = List.of("", "", "", " ", "\n\t", "\r\n");

    private final Random random;
    private final StringBuilder json = new StringBuilder();

    private RandomJson(long seed) {
        random = new Random(seed);
    }

    static String object(long seed) {
        RandomJson made = new RandomJson(seed);
        made.space();
        made.object(4);
        made.space();
        return made.json.toString();
    }

    private void value(int depth) {
        int kind = random.nextInt(10);
        if (depth > 0 && kind < 2) {
            object(depth - 1);
        } else if (depth > 0 && kind < 4) {
            array(depth - 1);
        } else if (kind < 7) {
            json.append('"').append(text()).append('"');
        } else {
            json.append(one(SCALARS));
        }
    }

    private void object(int depth) {
        json.append('{');
        int size = random.nextInt(random.nextInt(10) == 0 ? 40 : 6);
        for (int i = 0; i < size; i++) {
            String key = i == 0 && random.nextBoolean() ? "model" : i + "-" + text();
            space();
            json.append('"').append(key).append('"');
            space();
            json.append(':');
            space();
            value(depth);
            space();
            json.append(i < size - 1 ? "," : "");
        }
        json.append('}');
    }

    private void array(int depth) {
        json.append('[');
        int size = random.nextInt(5);
        for (int i = 0; i < size; i++) {
            space();
            value(depth);
            space();
            json.append(i < size - 1 ? "," : "");
        }
        json.append(']');
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append(one(CHARACTERS));
        }
        return text.toString();
    }

    private void space() {
        json.append(one(SPACES));
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
