package dev.hydra.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Beginnings of strings that a scan looks for; the first byte alone rules nearly every string out. */
final class Prefixes {
    /** Names are short; longer strings are not decoded in search of one. */
    private static final int LONGEST = 2048;

    private final byte[][] prefixes;
    private final boolean[] first = new boolean[128];
    private final int maxMatches;

    Prefixes(List<String> prefixes, int maxMatches) {
        this.prefixes = prefixes.stream().map(prefix -> prefix.getBytes(StandardCharsets.US_ASCII)).toArray(byte[][]::new);
        this.maxMatches = maxMatches;
        for (byte[] prefix : this.prefixes) {
            first[prefix[0]] = true;
            first['\\'] = true;
        }
    }

    /** Adds the string between its quotes to the matches when it is one. */
    void match(byte[] json, int start, int end, boolean escaped, List<String> matches) {
        if (start == end || json[start] < 0 || !first[json[start]] || end - start > LONGEST || matches.size() == maxMatches) {
            return;
        }
        String text = escaped ? JsonText.decode(json, start, end) : "";
        byte[] bytes = escaped ? text.getBytes(StandardCharsets.UTF_8) : json;
        int from = escaped ? 0 : start;
        int to = escaped ? bytes.length : end;
        for (byte[] prefix : prefixes) {
            if (to - from >= prefix.length && Arrays.equals(bytes, from, from + prefix.length, prefix, 0, prefix.length)) {
                String found = new String(bytes, from, to - from, StandardCharsets.UTF_8);
                if (!matches.contains(found)) {
                    matches.add(found);
                }
                return;
            }
        }
    }
}
