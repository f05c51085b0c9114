package dev.hydra.dialect.gemini;

import dev.hydra.conversation.Conversation;
import dev.hydra.dialect.BodyScan;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.Ignored;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.dialect.ReplyHead;
import dev.hydra.dialect.ReplyWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request in Gemini's own format; its body is read only when a provider of another format is to answer it. */
final class GeminiClientRequest implements ClientRequest {
    private final byte[] body;
    private final Framing framing;
    private final String method;
    private final boolean generates;
    private final Ignored ignored = new Ignored();
    private @Nullable Conversation conversation;

    GeminiClientRequest(byte[] body, Framing framing, String method, boolean generates) {
        this.body = body;
        this.framing = framing;
        this.method = method;
        this.generates = generates;
    }

    @Override
    public Conversation conversation() {
        Conversation read = conversation;
        if (read == null) {
            if (!generates) {
                throw new InvalidRequest("model", "The method " + method + " is there for models of Gemini alone.");
            }
            read = new ContentRequestReader(BodyScan.object(body), ignored).read();
            conversation = read;
        }
        return read;
    }

    @Override
    public List<String> ignored() {
        return ignored.paths();
    }

    @Override
    public ReplyWriter whole(ReplyHead head) {
        return new GeminiReplyWriter(Framing.WHOLE, head);
    }

    @Override
    public ReplyWriter stream(ReplyHead head) {
        return new GeminiReplyWriter(framing, head);
    }
}
