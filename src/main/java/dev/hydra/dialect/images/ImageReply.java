package dev.hydra.dialect.images;

import dev.hydra.conversation.ReplyEvent.MediaMade;
import dev.hydra.dialect.CollectedWriter;
import dev.hydra.dialect.NoAnswer;
import dev.hydra.dialect.OpenAiEvents;
import dev.hydra.dialect.ReplyHead;
import dev.hydra.wire.JsonOutput;
import java.io.IOException;
import java.io.OutputStream;

/** The pictures of one answer as OpenAI's list. */
final class ImageReply extends CollectedWriter {
    private final ReplyHead head;
    private final boolean asUrl;

    ImageReply(ReplyHead head, boolean asUrl) {
        this.head = head;
        this.asUrl = asUrl;
    }

    @Override
    public void end(OutputStream out) throws IOException {
        if (reply.media().isEmpty()) {
            throw new NoAnswer(reply.missing("a picture"));
        }
        JsonOutput json = new JsonOutput().begin(out).beginObject().name("created").value(Math.max(1, head.created().getEpochSecond()));
        json.name("data").beginArray();
        for (MediaMade picture : reply.media()) {
            json.beginObject();
            if (asUrl) {
                json.name("url").joined("data:", picture.mimeType(), ";base64,", picture.base64());
            } else {
                json.name("b64_json").value(picture.base64());
            }
            if (!reply.text().isBlank()) {
                json.name("revised_prompt").value(reply.text().strip());
            }
            json.endObject();
        }
        json.endArray().name("output_format").value(format(reply.media().getFirst()));
        OpenAiEvents.pictureUsage(json, reply.usage());
        json.endObject().end();
    }

    /** {@code png} of {@code image/png}. */
    static String format(MediaMade picture) {
        return picture.mimeType().substring(picture.mimeType().indexOf('/') + 1);
    }
}
