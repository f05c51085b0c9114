package dev.hydra.dialect.gemini;

import dev.hydra.conversation.Seal;

/** Which thought signatures may be sent (spec mapping §2.4). */
final class Signatures {
    /** Google's documented placeholder for a signature that nobody has: the only one that both its APIs name. */
    static final String PLACEHOLDER = "skip_thought_signature_validator";

    private Signatures() {
    }

    /** The seal's value when it is Gemini's own and fit for the wire, else empty. A placeholder means nothing to models before Gemini 3. */
    static String own(Seal seal, ModelFamily family) {
        String value = seal.value();
        if (!Seal.GEMINI.equals(seal.origin()) || !isBase64(value) || !family.isNewest() && PLACEHOLDER.equals(value)) {
            return "";
        }
        return value;
    }

    /** Standard or URL-safe alphabet; anything else would be a 400 for the whole request. */
    private static boolean isBase64(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean legal = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '+' || c == '/' || c == '-'
                    || c == '_' || c == '=';
            if (!legal) {
                return false;
            }
        }
        return true;
    }
}
