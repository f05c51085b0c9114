package dev.hydra.dialect.transcriptions;

import dev.hydra.conversation.FinishReason;
import dev.hydra.conversation.ReplyEvent;
import dev.hydra.dialect.CollectedReply;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.OpenAiEvents;
import dev.hydra.dialect.ReplyWriter;
import java.io.IOException;
import java.io.OutputStream;

/** A transcript as it comes: {@code transcript.text.delta} events and one {@code transcript.text.done}. */
final class TranscriptStream implements ReplyWriter {
    private final CollectedReply reply = new CollectedReply();
    private final OpenAiEvents events = new OpenAiEvents();

    @Override
    public void write(ReplyEvent event, OutputStream out) throws IOException {
        reply.add(event);
        if (event instanceof ReplyEvent.TextDelta delta && !delta.text().isEmpty()) {
            events.write("transcript.text.delta", json -> json.name("delta").value(delta.text()), out);
        }
    }

    @Override
    public void end(OutputStream out) throws IOException {
        if (reply.text().isEmpty() && reply.reason() == FinishReason.FILTERED) {
            events.fail(reply.missing("a transcript"), out);
            return;
        }
        events.write("transcript.text.done", json -> {
            json.name("text").value(reply.text());
            OpenAiEvents.soundUsage(json, reply.usage());
        }, out);
    }

    @Override
    public void fail(Failure failure, String requestId, OutputStream out) throws IOException {
        events.fail(failure, out);
    }
}
