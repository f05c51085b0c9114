package dev.hydra.dialect.chat;

import dev.hydra.conversation.Seal;
import jakarta.json.JsonObject;
import java.util.List;

/**
 * What a message carries for the provider's sake, which clients give back unread.
 *
 * @param seal        signature of the text (for a legacy function call: of the call)
 * @param thoughtSeal signature of the thoughts themselves
 * @param message     the provider's explanation of an unusual end; may be empty
 * @param parts       parts of the provider's own format that must come back as they are
 */
record Extras(Seal seal, Seal thoughtSeal, String message, List<JsonObject> parts) {
    static final Extras NONE = new Extras(Seal.NONE, Seal.NONE, "", List.of());

    /** Whether {@code extra_content} has anything to say. */
    boolean hasContent() {
        return seal.isPresent() && seal.origin().equals(Seal.GEMINI) || !message.isEmpty() || !parts.isEmpty();
    }
}
