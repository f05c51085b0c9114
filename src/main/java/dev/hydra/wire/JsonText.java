package dev.hydra.wire;

import java.nio.charset.StandardCharsets;

/** The text of a JSON string that is known to be well formed. */
final class JsonText {
    private JsonText() {
    }

    /** The string between its quotes, escapes resolved. A surrogate that is escaped alone stays alone, as JSON's grammar allows. */
    static String decode(byte[] json, int start, int end) {
        int escape = start;
        while (escape < end && json[escape] != '\\') {
            escape++;
        }
        if (escape == end) {
            return new String(json, start, end - start, StandardCharsets.UTF_8);
        }
        StringBuilder text = new StringBuilder(end - start);
        int plain = start;
        for (int i = escape; i < end; i++) {
            if (json[i] == '\\') {
                text.append(new String(json, plain, i - plain, StandardCharsets.UTF_8));
                i++;
                if (json[i] == 'u') {
                    text.append((char) unit(json, i + 1));
                    i += 4;
                } else {
                    text.append(simple(json[i]));
                }
                plain = i + 1;
            }
        }
        return text.append(new String(json, plain, end - plain, StandardCharsets.UTF_8)).toString();
    }

    /** The same as UTF-8; a lone surrogate becomes a question mark. */
    static byte[] bytes(byte[] json, int start, int end) {
        return decode(json, start, end).getBytes(StandardCharsets.UTF_8);
    }

    /** The UTF-16 unit that four hex digits name, or a negative number when they are none. */
    static int unit(byte[] json, int at) {
        return hex(json[at]) << 12 | hex(json[at + 1]) << 8 | hex(json[at + 2]) << 4 | hex(json[at + 3]);
    }

    private static int hex(byte digit) {
        return Character.digit(digit, 16);
    }

    private static char simple(byte letter) {
        return switch (letter) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> (char) letter;
        };
    }
}
