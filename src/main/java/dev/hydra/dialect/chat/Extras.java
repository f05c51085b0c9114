package dev.hydra.dialect.chat;

import dev.hydra.conversation.Seal;
import jakarta.json.JsonObject;
import java.util.List;

/**
 * What a message carries in {@code extra_content.google}, which clients give back unread.
 *
 * @param seal    signature of the text
 * @param message the provider's explanation of an unusual end; may be empty
 * @param parts   parts of the provider's own format that must come back as they are
 */
record Extras(Seal seal, String message, List<JsonObject> parts) {
    boolean isEmpty() {
        return !seal.isPresent() && message.isEmpty() && parts.isEmpty();
    }
}
