package dev.hydra.dialect.messages;

import dev.hydra.conversation.Conversation;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.ReplyHead;
import dev.hydra.dialect.ReplyWriter;
import java.util.List;

/** A Messages request that has been read. */
record MessagesRequest(Conversation conversation, List<String> ignored, ReplyWishes wishes) implements ClientRequest {
    @Override
    public ReplyWriter whole(ReplyHead head) {
        return new MessagesReply(new MessagesWhole(head), wishes);
    }

    @Override
    public ReplyWriter stream(ReplyHead head) {
        return new MessagesReply(new MessagesStream(head), wishes);
    }
}
