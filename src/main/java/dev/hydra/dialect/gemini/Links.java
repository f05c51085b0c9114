package dev.hydra.dialect.gemini;

import java.net.URI;
import java.util.Locale;

/** Addresses that Gemini itself reads as {@code fileData} (spec mapping §1.2); all others must be fetched and sent inline. */
final class Links {
    private Links() {
    }

    static boolean isNative(String uri) {
        return uri.startsWith("gs://") || isFile(uri) || isYouTube(uri);
    }

    /** A file of the Files API, by its address or its bare name. */
    static boolean isFile(String uri) {
        if (uri.startsWith("files/")) {
            return true;
        }
        return host(uri).equals("generativelanguage.googleapis.com") && uri.contains("/files/");
    }

    static boolean isYouTube(String uri) {
        return switch (host(uri)) {
            case "youtu.be" -> true;
            case "youtube.com", "www.youtube.com", "m.youtube.com" -> uri.contains("/watch?") || uri.contains("/shorts/")
                    || uri.contains("/live/") || uri.contains("/embed/");
            default -> false;
        };
    }

    private static String host(String uri) {
        if (!uri.startsWith("https://") && !uri.startsWith("http://")) {
            return "";
        }
        try {
            String host = URI.create(uri).getHost();
            return host == null ? "" : host.toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException notAnAddress) {
            return "";
        }
    }
}
