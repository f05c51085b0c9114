package dev.hydra.dialect.messages;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Ids of calls as Anthropic's clients take them, {@code ^[a-zA-Z0-9_-]+$}, and the way back to the provider's own: no table is needed, so a
 * conversation may go on at another node (spec mapping §6.2).
 */
final class ToolIds {
    private static final String PREFIX = "toolu_";
    /** Before base64url of an id with other characters; no provider's plain id begins so. */
    private static final String ENCODED = PREFIX + "b64_";

    private ToolIds() {
    }

    /** @param id the provider's; never empty */
    static String written(String id) {
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean legal = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-';
            if (!legal) {
                return ENCODED + Base64.getUrlEncoder().withoutPadding().encodeToString(id.getBytes(StandardCharsets.UTF_8));
            }
        }
        return PREFIX + id;
    }

    /** The provider's id again; an id that was not made here loses at most its prefix, call and result alike. */
    static String read(String id) {
        if (id.startsWith(ENCODED)) {
            try {
                return new String(Base64.getUrlDecoder().decode(id.substring(ENCODED.length())), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException foreign) {
                return id;
            }
        }
        return id.startsWith(PREFIX) && id.length() > PREFIX.length() ? id.substring(PREFIX.length()) : id;
    }
}
