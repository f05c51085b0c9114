package dev.hydra.dialect.responses;

import dev.hydra.conversation.Conversation;
import dev.hydra.dialect.Archive;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.ReplyHead;
import dev.hydra.dialect.ReplyWriter;
import jakarta.json.JsonValue;
import java.util.List;

/** A request that has been read. */
record ResponsesRequest(Conversation conversation, List<String> ignored, ReplyWishes wishes, Keeping keeping) implements ClientRequest {
    /**
     * How the reply is kept.
     *
     * @param input    what the client said in this request
     * @param previous the response that it builds on; may be empty
     * @param size     bytes of the request
     */
    record Keeping(Archive archive, JsonValue input, String previous, long size) {
        void keep(ResponseDocument document) {
            archive.keep(document.kept(input, previous, size));
        }
    }

    @Override
    public ReplyWriter whole(ReplyHead head) {
        return writer(head, new WholeProgress());
    }

    @Override
    public ReplyWriter stream(ReplyHead head) {
        return writer(head, new ResponsesStream(wishes.seals()));
    }

    private ReplyWriter writer(ReplyHead head, Progress progress) {
        ItemIds ids = new ItemIds(head.requestId());
        return new ResponsesReply(new ResponseDocument(head, wishes, ids.response()), ids, progress, document -> {
            if (wishes.store()) {
                keeping.keep(document);
            }
        });
    }
}
