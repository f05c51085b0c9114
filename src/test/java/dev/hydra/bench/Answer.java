package dev.hydra.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * An answer that came to its end.
 *
 * @param head   in lower case, without the blank line
 * @param body   holds the body in its first {@code length} bytes; valid until the connection is used again
 */
record Answer(String head, byte[] body, int length) {
    private static final int STATUS = "http/1.1 ".length();

    int status() {
        return Integer.parseInt(head.substring(STATUS, STATUS + 3));
    }

    /** The first piece of this content, in its order, that the body does not have; empty when it has all. */
    Optional<String> missing(Iterable<byte[]> content) {
        int at = 0;
        for (byte[] piece : content) {
            int found = find(body, at, length, piece);
            if (found < 0) {
                return Optional.of(new String(piece, StandardCharsets.UTF_8));
            }
            at = found + piece.length;
        }
        return Optional.empty();
    }

    String text() {
        return new String(body, 0, length, StandardCharsets.UTF_8);
    }

    /** Where some bytes are within others; -1 = nowhere. */
    static int find(byte[] bytes, int start, int end, byte[] wanted) {
        for (int i = start; i <= end - wanted.length; i++) {
            if (bytes[i] == wanted[0] && Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }
}
