package dev.hydra.dialect;

import dev.hydra.conversation.ReplyEvent;
import java.io.IOException;
import java.io.OutputStream;

/** Writes nothing before the reply is complete, for OpenAI's endpoints that answer with one document or file. */
public abstract class CollectedWriter implements ReplyWriter {
    /** What has come so far. */
    protected final CollectedReply reply = new CollectedReply();

    /** Nothing has come yet. */
    protected CollectedWriter() {
    }

    @Override
    public final void write(ReplyEvent event, OutputStream out) {
        reply.add(event);
    }

    @Override
    public void fail(Failure failure, String requestId, OutputStream out) throws IOException {
        out.write(OpenAiError.document(failure));
    }
}
