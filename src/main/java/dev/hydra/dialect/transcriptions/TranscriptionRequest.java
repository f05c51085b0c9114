package dev.hydra.dialect.transcriptions;

import dev.hydra.conversation.Conversation;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.ReplyHead;
import dev.hydra.dialect.ReplyWriter;
import java.util.List;

/** A sound to be written down. @param language as the client named it; may be empty */
record TranscriptionRequest(Conversation conversation, List<String> ignored, Form form, boolean english, String language)
        implements
            ClientRequest {
    @Override
    public String wholeType() {
        return form.mediaType();
    }

    @Override
    public ReplyWriter whole(ReplyHead head) {
        return new Transcript(this);
    }

    @Override
    public ReplyWriter stream(ReplyHead head) {
        return new TranscriptStream();
    }
}
