package dev.hydra.conversation;

/**
 * A provider's opaque signature on a part of its reply (Gemini: {@code thoughtSignature}). It goes back only to its origin, unchanged.
 *
 * @param origin who made it, e.g. {@code "gemini"}; empty for {@link #NONE}
 * @param value  the signature as the provider's wire format writes it (Gemini: base64); empty for {@link #NONE}
 */
public record Seal(String origin, String value) {
    /** No signature. */
    public static final Seal NONE = new Seal("", "");

    /** The origin of Gemini's thought signatures. */
    public static final String GEMINI = "gemini";

    /** The origin of Anthropic's signatures on thinking blocks. */
    public static final String ANTHROPIC = "anthropic";

    /** A thought signature of Gemini; {@link #NONE} when {@code value} is empty. */
    public static Seal gemini(String value) {
        return value.isEmpty() ? NONE : new Seal(GEMINI, value);
    }

    /** Whether there is a signature at all. */
    public boolean isPresent() {
        return !value.isEmpty();
    }
}
