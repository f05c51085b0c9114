package dev.hydra.wire;

/** Strict UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF (RFC 3629 §4). */
final class Utf8 {
    private Utf8() {
    }

    /**
     * Skips characters of more than one byte.
     *
     * @param from index of a byte that is not ASCII
     * @return index of the first ASCII byte after them, or {@code to}; or the complement (a negative number) of the index of a wrong byte
     */
    static int sequencesEnd(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && bytes[i] < 0) {
            int lead = bytes[i] & 0xff;
            int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
            if (lead < 0xC2 || lead > 0xF4 || i + length > to || !second(lead, bytes[i + 1] & 0xff)) {
                return ~i;
            }
            for (int k = i + 2; k < i + length; k++) {
                if ((bytes[k] & 0xC0) != 0x80) {
                    return ~i;
                }
            }
            i += length;
        }
        return i;
    }

    private static boolean second(int lead, int second) {
        int low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        return second >= low && second <= high;
    }
}
