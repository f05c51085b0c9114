package dev.hydra.dialect.images;

import dev.hydra.conversation.Conversation;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.ReplyHead;
import dev.hydra.dialect.ReplyWriter;
import java.util.List;

/**
 * A wish for pictures.
 *
 * @param copies     pictures wanted, 1 to 10; each is an answer of its own, because the models make one at a time
 * @param asUrl      the picture as a data URL in {@code url} instead of {@code b64_json}; whoever has a place for it makes that an address
 * @param eventName  type of the event that ends a stream
 */
record ImageRequest(Conversation conversation, List<String> ignored, int copies, boolean asUrl, String eventName) implements ClientRequest {
    @Override
    public ReplyWriter whole(ReplyHead head) {
        return new ImageReply(head, asUrl);
    }

    @Override
    public ReplyWriter stream(ReplyHead head) {
        return new ImageStream(head, eventName);
    }
}
