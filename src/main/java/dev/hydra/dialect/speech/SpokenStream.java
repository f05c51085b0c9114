package dev.hydra.dialect.speech;

import dev.hydra.conversation.ReplyEvent;
import dev.hydra.dialect.CollectedReply;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.OpenAiEvents;
import dev.hydra.dialect.ReplyWriter;
import java.io.IOException;
import java.io.OutputStream;

/** Samples as they come: {@code speech.audio.delta} events and one {@code speech.audio.done}. */
final class SpokenStream implements ReplyWriter {
    private final CollectedReply rest = new CollectedReply();
    private final OpenAiEvents events = new OpenAiEvents();
    private boolean spoken;

    @Override
    public void write(ReplyEvent event, OutputStream out) throws IOException {
        if (event instanceof ReplyEvent.MediaMade sound) {
            spoken = true;
            events.write("speech.audio.delta", json -> json.name("audio").value(sound.base64()), out);
        } else {
            rest.add(event);
        }
    }

    @Override
    public void end(OutputStream out) throws IOException {
        if (spoken) {
            events.write("speech.audio.done", json -> OpenAiEvents.soundUsage(json, rest.usage()), out);
        } else {
            events.fail(rest.missing("a sound"), out);
        }
    }

    @Override
    public void fail(Failure failure, String requestId, OutputStream out) throws IOException {
        events.fail(failure, out);
    }
}
