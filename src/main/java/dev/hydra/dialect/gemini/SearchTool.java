package dev.hydra.dialect.gemini;

import java.nio.charset.StandardCharsets;

/** Gemini's own web search in a request's body. */
final class SearchTool {
    /** In the one way or the other, also with {@code Retrieval} behind it. */
    private static final byte[][] NAMES = {"\"googleSearch".getBytes(StandardCharsets.US_ASCII),
        "\"google_search".getBytes(StandardCharsets.US_ASCII)};

    private SearchTool() {
    }

    /** Whether the tool is named. A text in which its name stands at the very beginning passes for it, which does no harm. */
    static boolean isIn(byte[] body) {
        for (int i = 0; i < body.length; i++) {
            if (body[i] == '"' && (begins(body, i, NAMES[0]) || begins(body, i, NAMES[1]))) {
                return true;
            }
        }
        return false;
    }

    private static boolean begins(byte[] body, int at, byte[] name) {
        if (at + name.length > body.length) {
            return false;
        }
        for (int i = 1; i < name.length; i++) {
            if (body[at + i] != name[i]) {
                return false;
            }
        }
        return true;
    }
}
