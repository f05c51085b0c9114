package dev.hydra.dialect.chat;

import dev.hydra.conversation.Conversation;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.ReplyHead;
import dev.hydra.dialect.ReplyWriter;
import java.util.List;

/** A chat request that has been read. */
record ChatRequest(Conversation conversation, List<String> ignored, ReplyWishes wishes) implements ClientRequest {
    @Override
    public ReplyWriter whole(ReplyHead head) {
        return new ChatReply(new ChatWhole(head, wishes), wishes);
    }

    @Override
    public ReplyWriter stream(ReplyHead head) {
        return new ChatReply(new ChatStream(head, wishes), wishes);
    }
}
