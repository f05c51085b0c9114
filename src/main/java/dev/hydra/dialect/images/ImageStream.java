package dev.hydra.dialect.images;

import dev.hydra.conversation.ReplyEvent.MediaMade;
import dev.hydra.dialect.CollectedWriter;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.OpenAiEvents;
import dev.hydra.dialect.ReplyHead;
import java.io.IOException;
import java.io.OutputStream;

/** One event with the finished picture: there are no partial ones. */
final class ImageStream extends CollectedWriter {
    private final OpenAiEvents events = new OpenAiEvents();
    private final ReplyHead head;
    private final String name;

    ImageStream(ReplyHead head, String name) {
        this.head = head;
        this.name = name;
    }

    @Override
    public void end(OutputStream out) throws IOException {
        if (reply.media().isEmpty()) {
            events.fail(reply.missing("a picture"), out);
            return;
        }
        MediaMade picture = reply.media().getFirst();
        events.write(name + ".completed", json -> {
            json.name("b64_json").value(picture.base64()).name("created_at").value(Math.max(1, head.created().getEpochSecond()));
            json.name("output_format").value(ImageReply.format(picture));
            OpenAiEvents.pictureUsage(json, reply.usage());
        }, out);
    }

    @Override
    public void fail(Failure failure, String requestId, OutputStream out) throws IOException {
        events.fail(failure, out);
    }
}
