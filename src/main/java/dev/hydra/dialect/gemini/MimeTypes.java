package dev.hydra.dialect.gemini;

import dev.hydra.wire.MediaType;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;

/** The media type of bytes whose sender did not name it: Gemini demands one (spec mapping §1.2). */
final class MimeTypes {
    /** What clients write, and what Gemini calls it. */
    private static final Map<String, String> ALIASES = Map.of("image/jpg", "image/jpeg", "audio/x-wav", "audio/wav", "audio/wave",
            "audio/wav", "application/json", "text/plain", "application/xml", "text/xml", "application/x-pdf", "application/pdf",
            "text/x-markdown",
            "text/markdown", "video/x-msvideo", "video/avi");
    private static final String UNKNOWN = "application/octet-stream";

    private MimeTypes() {
    }

    /** The type that the client said, else the one that the bytes show, else the one of the file's name. Never empty. */
    static String of(String said, String base64, String name) {
        String type = normal(said);
        if (!type.isEmpty()) {
            return type;
        }
        byte[] head = head(base64);
        String seen = MediaType.sniff(head).map(MimeTypes::normal).orElse("");
        if (seen.isEmpty()) {
            seen = byName(name);
        }
        return !seen.isEmpty() ? seen : isText(head) ? "text/plain" : UNKNOWN;
    }

    /** The type that the name of a file or the path of an address tells; empty when it tells none. */
    static String byName(String name) {
        int query = name.indexOf('?');
        return MediaType.ofName(query < 0 ? name : name.substring(0, query)).map(MimeTypes::normal).orElse("");
    }

    /** Lower case, without parameters, by Gemini's name; empty when nothing usable was said. */
    static String normal(String said) {
        int semicolon = said.indexOf(';');
        String bare = (semicolon < 0 ? said : said.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
        if (bare.equals(UNKNOWN) || bare.indexOf('/') <= 0) {
            return "";
        }
        return ALIASES.getOrDefault(bare, bare);
    }

    private static byte[] head(String base64) {
        int length = Math.min(base64.length(), 64) & ~3;
        try {
            return Base64.getDecoder().decode(base64.substring(0, length));
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }

    private static boolean isText(byte[] head) {
        for (byte b : head) {
            if (b >= 0 && b < 0x20 && b != '\n' && b != '\r' && b != '\t') {
                return false;
            }
        }
        return head.length > 0;
    }
}
