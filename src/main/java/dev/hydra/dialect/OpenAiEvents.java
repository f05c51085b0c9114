package dev.hydra.dialect;

import dev.hydra.conversation.Usage;
import dev.hydra.wire.JsonOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The stream of typed events that OpenAI's picture and sound endpoints share: {@code data: {"type": …}}. */
public final class OpenAiEvents {
    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);

    private final JsonOutput json = new JsonOutput();

    /** Writes the fields of one event after its type. */
    public interface Fields {
        /** Adds members to the open object. */
        void write(JsonOutput json) throws IOException;
    }

    /** One event. */
    public void write(String type, Fields fields, OutputStream out) throws IOException {
        out.write(DATA);
        json.begin(out).beginObject().name("type").value(type);
        fields.write(json);
        json.endObject().end();
        out.write(END);
    }

    /** The event by which a stream that broke tells so. */
    public void fail(Failure failure, OutputStream out) throws IOException {
        out.write(DATA);
        out.write(OpenAiError.document(failure));
        out.write(END);
    }

    /** The count of tokens as the endpoints for pictures tell it. */
    public static void pictureUsage(JsonOutput json, Usage usage) throws IOException {
        usage(json.name("usage").beginObject(), usage, "input_tokens_details");
    }

    /** The count of tokens as the endpoints for sound tell it. */
    public static void soundUsage(JsonOutput json, Usage usage) throws IOException {
        usage(json.name("usage").beginObject().name("type").value("tokens"), usage, "input_token_details");
    }

    private static void usage(JsonOutput json, Usage usage, String details) throws IOException {
        long total = usage.total() > 0 ? usage.total() : usage.prompt() + usage.completion();
        Usage.Modalities prompt = usage.promptDetails();
        json.name("input_tokens").value(usage.prompt()).name("output_tokens").value(usage.completion()).name("total_tokens").value(total);
        json.name(details).beginObject().name("text_tokens").value(usage.prompt() - prompt.image() - prompt.audio());
        json.name("image_tokens").value(prompt.image()).name("audio_tokens").value(prompt.audio()).endObject().endObject();
    }
}
