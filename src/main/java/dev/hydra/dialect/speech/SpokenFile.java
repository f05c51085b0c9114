package dev.hydra.dialect.speech;

import dev.hydra.conversation.ReplyEvent;
import dev.hydra.dialect.CollectedReply;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.NoAnswer;
import dev.hydra.dialect.OpenAiError;
import dev.hydra.dialect.ReplyWriter;
import dev.hydra.dialect.SoundFile;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;

/** The sound itself as the answer's body. */
final class SpokenFile implements ReplyWriter {
    private final CollectedReply reply = new CollectedReply();
    private final boolean raw;

    SpokenFile(boolean raw) {
        this.raw = raw;
    }

    @Override
    public void write(ReplyEvent event, OutputStream out) {
        reply.add(event);
    }

    @Override
    public void end(OutputStream out) throws IOException {
        if (reply.media().isEmpty()) {
            throw new NoAnswer(reply.missing("a sound"));
        }
        out.write(Base64.getDecoder().decode(SoundFile.of(reply.media(), raw).base64()));
    }

    @Override
    public void fail(Failure failure, String requestId, OutputStream out) throws IOException {
        out.write(OpenAiError.document(failure));
    }
}
