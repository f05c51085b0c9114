package dev.hydra.dialect;

import java.util.Locale;

/** Addresses that a client may give in place of bytes. */
public final class Link {
    private Link() {
    }

    /** Whether the text is an absolute address that can hold media: {@code https}, {@code http} or {@code gs}. */
    public static boolean is(String text) {
        int colon = text.indexOf("://");
        return colon > 0 && switch (text.substring(0, colon).toLowerCase(Locale.ROOT)) {
            case "https", "http", "gs" -> true;
            default -> false;
        };
    }
}
