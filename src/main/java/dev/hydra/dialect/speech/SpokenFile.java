package dev.hydra.dialect.speech;

import dev.hydra.dialect.CollectedWriter;
import dev.hydra.dialect.NoAnswer;
import dev.hydra.dialect.SoundFile;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;

/** The sound itself as the answer's body. */
final class SpokenFile extends CollectedWriter {
    private final boolean raw;

    SpokenFile(boolean raw) {
        this.raw = raw;
    }

    @Override
    public void end(OutputStream out) throws IOException {
        if (reply.media().isEmpty()) {
            throw new NoAnswer(reply.missing("a sound"));
        }
        out.write(Base64.getDecoder().decode(SoundFile.of(reply.media(), raw).base64()));
    }
}
