package dev.hydra.secret;

import java.util.BitSet;
import java.util.Locale;
import java.util.Set;

/**
 * Removes key material from text that others wrote: a provider's error can repeat the key that it refuses (spec mapping §4.1 sample C).
 *
 * <p>What is removed: every known secret, anything that looks like a key of a known kind wherever it stands, and what follows a word that
 * announces a key. All places are found in the text as it came, so that one removal cannot hide another. The time is linear in the text,
 * whatever the text is.
 */
public final class Redaction {
    /** What stands in a secret's place. */
    public static final String MARK = "[redacted]";
    /** Shorter ones are placeholders such as {@code none}, which are words of ordinary text too. */
    private static final int SHORTEST_KNOWN = 8;
    /** Spaces, quotes, colons, equals signs and escapes between a label and its value. */
    private static final int LONGEST_GAP = 8;
    private static final Set<String> ENCODED_GAP = Set.of("%20", "%22", "%27", "%3A", "%3D");

    /** Google's four are found inside words too: the text before them may be percent-encoded. */
    private static final Shape STANDARD_KEY = new Shape("AIza", 16, "-_", false);
    private static final Shape AUTHORIZATION_KEY = new Shape("AQ.", 12, "-_.", false);
    private static final Shape OAUTH_TOKEN = new Shape("ya29.", 8, "-_.", false);
    private static final Shape EPHEMERAL_TOKEN = new Shape("auth_tokens/", 8, "-_.", false);
    private static final Shape OWN_TOKEN = new Shape("hydra-", 16, "", true);
    private static final Shape OPENAI_STYLE_KEY = new Shape("sk-", 16, "-_", true);

    private static final String BEARER = "bearer";
    private static final String[] LABELS = {"api_key", "api-key", "apikey", BEARER, "key=", "key%3d"};

    private final String text;
    private final BitSet secret = new BitSet();

    private Redaction(String text) {
        this.text = text;
    }

    /**
     * A kind of key.
     *
     * @param shortest characters after the prefix; fewer is a word or a mask
     * @param signs    characters that it may have besides letters and digits
     * @param ownWord  whether ordinary words contain the prefix ({@code task-…}), so that it must begin a word
     */
    private record Shape(String prefix, int shortest, String signs, boolean ownWord) {
        boolean has(char c) {
            return letterOrDigit(c) || signs.indexOf(c) >= 0;
        }
    }

    /**
     * The text with {@value #MARK} in the place of all key material; the same object when there is none.
     *
     * @param known secrets that must not show whatever they look like; those shorter than 8 characters are not looked for
     */
    public static String text(String text, Secret... known) {
        Redaction redaction = new Redaction(text);
        for (Secret one : known) {
            redaction.known(one.reveal());
        }
        redaction.shapes();
        return redaction.secret.isEmpty() ? text : redaction.masked();
    }

    private void known(String value) {
        if (value.length() >= SHORTEST_KNOWN) {
            for (int at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length())) {
                secret.set(at, at + value.length());
            }
        }
    }

    private void shapes() {
        int at = 0;
        while (at < text.length()) {
            int end = switch (text.charAt(at)) {
                case 'A' -> Math.max(Math.max(end(STANDARD_KEY, at), end(AUTHORIZATION_KEY, at)), labelled(at));
                case 'y' -> end(OAUTH_TOKEN, at);
                case 'a' -> Math.max(end(EPHEMERAL_TOKEN, at), labelled(at));
                case 'h' -> end(OWN_TOKEN, at);
                case 's' -> end(OPENAI_STYLE_KEY, at);
                case 'b', 'B', 'k', 'K' -> labelled(at);
                default -> at;
            };
            at = Math.max(end, at + 1);
        }
    }

    /** Marks a key of this shape; gives the index after it, or {@code at} when there is none. */
    private int end(Shape shape, int at) {
        if (!text.startsWith(shape.prefix, at) || shape.ownWord && insideWord(at)) {
            return at;
        }
        int start = at + shape.prefix.length();
        int end = start;
        while (end < text.length() && shape.has(text.charAt(end))) {
            end++;
        }
        if (end - start < shape.shortest) {
            return at;
        }
        secret.set(at, end);
        return end;
    }

    /** Marks the value after a word that announces a key; gives the index after the value, or {@code at} when there is none. */
    private int labelled(int at) {
        for (String label : LABELS) {
            if (text.regionMatches(true, at, label, 0, label.length())) {
                int start = gapEnd(at + label.length());
                boolean separated = start > at + label.length() || label.startsWith("key");
                return separated ? value(start) : at;
            }
        }
        return at;
    }

    private int gapEnd(int from) {
        int end = from;
        while (end < text.length() && end < from + LONGEST_GAP) {
            if (" \t:='\"\\".indexOf(text.charAt(end)) >= 0) {
                end++;
            } else if (ENCODED_GAP.contains(text.substring(end, Math.min(end + 3, text.length())).toUpperCase(Locale.ROOT))) {
                end += 3;
            } else {
                break;
            }
        }
        return end;
    }

    private int value(int from) {
        int start = from;
        while (text.startsWith(MARK, start)) {
            start += MARK.length();
        }
        int end = start;
        while (end < text.length() && !delimits(text.charAt(end))) {
            end++;
        }
        // In "api_key: Bearer x" the scheme is no secret; what follows it is found by its own label.
        if (end - start == BEARER.length() && text.regionMatches(true, start, BEARER, 0, BEARER.length())) {
            return start;
        }
        secret.set(start, end);
        return end;
    }

    /**
     * Only ASCII makes a word: Chinese text has no spaces. A percent-encoded character is no letter, although it ends in one or in a digit.
     */
    private boolean insideWord(int at) {
        return at > 0 && letterOrDigit(text.charAt(at - 1)) && !(at > 2 && text.charAt(at - 3) == '%');
    }

    private static boolean letterOrDigit(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private static boolean delimits(char c) {
        return c <= ' ' || "\"'`&,;)]}>\\".indexOf(c) >= 0;
    }

    private String masked() {
        StringBuilder masked = new StringBuilder(text.length());
        int plain = 0;
        for (int start = secret.nextSetBit(0); start >= 0; start = secret.nextSetBit(plain)) {
            masked.append(text, plain, start).append(MARK);
            plain = secret.nextClearBit(start);
        }
        return masked.append(text, plain, text.length()).toString();
    }
}
