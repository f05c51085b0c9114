package dev.hydra.settings;

import java.util.Collection;
import java.util.List;

/** Finds what somebody may have meant. */
final class Neighbours {
    private static final int FARTHEST = 3;

    private Neighbours() {
    }

    /** {@code "; did you mean a or b?"} with up to two words that are at most three letters away, or nothing. */
    static String hint(String word, Collection<String> known) {
        List<String> near = known.stream()
                .filter(other -> distance(word, other) <= FARTHEST)
                .sorted((a, b) -> distance(word, a) - distance(word, b))
                .limit(2)
                .toList();
        return near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?";
    }

    /** Levenshtein's distance: letters to add, take away or change. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
