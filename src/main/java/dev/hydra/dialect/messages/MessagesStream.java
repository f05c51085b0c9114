package dev.hydra.dialect.messages;

import dev.hydra.conversation.ReplyEvent.Cited;
import dev.hydra.conversation.Usage;
import dev.hydra.dialect.ReplyHead;
import dev.hydra.wire.JsonOutput;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** An answer as a stream of events (spec mapping §6.3). What all deltas of a block share is made once and copied as bytes. */
final class MessagesStream implements MessagesOutput {
    /** The event that means nothing; Anthropic sends one behind the first event, and more while it waits. */
    static final String PING = "event: ping\ndata: {\"type\":\"ping\"}\n\n";
    private static final byte[] BLANK_LINE = ascii("\n\n");
    private static final byte[] DELTA_TAIL = ascii("}}\n\n");

    private final ReplyHead head;
    private final JsonOutput json = new JsonOutput();
    /** Number of the block that is open or comes next. */
    private int index;
    /** A delta of the open block up to its fields. */
    private byte[] delta = {};

    MessagesStream(ReplyHead head) {
        this.head = head;
    }

    @Override
    public void begin(Usage soFar, OutputStream out) throws IOException {
        event("message_start", out).name("message").beginObject();
        MessagesFields.head(json, head);
        json.name("content").beginArray().endArray().name("stop_reason").nullValue().name("stop_sequence").nullValue();
        MessagesFields.usage(json, soFar);
        json.endObject();
        done();
        out.write(ascii(PING));
    }

    @Override
    public void openText(OutputStream out) throws IOException {
        start("text", out).name("text").value("");
        started();
    }

    @Override
    public void openThinking(OutputStream out) throws IOException {
        start("thinking", out).name("thinking").value("").name("signature").value("");
        started();
    }

    @Override
    public void openCall(String type, String id, String name, OutputStream out) throws IOException {
        start(type, out).name("id").value(id).name("name").value(name).name("input").beginObject().endObject();
        started();
        input("", out);
    }

    @Override
    public void text(OutputStream out, String... pieces) throws IOException {
        delta("text_delta", out).name("text").joined(pieces).raw(DELTA_TAIL).end();
    }

    @Override
    public void thinking(String text, OutputStream out) throws IOException {
        delta("thinking_delta", out).name("thinking").value(text).raw(DELTA_TAIL).end();
    }

    @Override
    public void signature(String signature, OutputStream out) throws IOException {
        delta("signature_delta", out).name("signature").value(signature).raw(DELTA_TAIL).end();
    }

    @Override
    public void input(String piece, OutputStream out) throws IOException {
        delta("input_json_delta", out).name("partial_json").value(piece).raw(DELTA_TAIL).end();
    }

    @Override
    public void citation(Cited source, String quoted, OutputStream out) throws IOException {
        MessagesFields.citation(delta("citations_delta", out).name("citation"), source, quoted);
        json.raw(DELTA_TAIL).end();
    }

    @Override
    public void block(JsonObject block, OutputStream out) throws IOException {
        event("content_block_start", out).name("index").value(index).name("content_block").value(block);
        done();
        close(out);
    }

    @Override
    public void close(OutputStream out) throws IOException {
        event("content_block_stop", out).name("index").value(index++);
        done();
    }

    @Override
    public void end(Stop stop, Usage usage, OutputStream out) throws IOException {
        event("message_delta", out).name("delta").beginObject();
        MessagesFields.stop(json, stop);
        json.endObject();
        MessagesFields.usage(json, usage);
        done();
        event("message_stop", out);
        done();
    }

    @Override
    public void fail(byte[] error, OutputStream out) throws IOException {
        json.begin(out).raw(ascii("event: error\ndata: ")).raw(error).raw(BLANK_LINE).end();
    }

    /** Begins an event, inside its data. */
    private JsonOutput event(String type, OutputStream out) throws IOException {
        return json.begin(out).raw(ascii("event: " + type + "\ndata: ")).beginObject().name("type").value(type);
    }

    private void done() throws IOException {
        json.endObject().raw(BLANK_LINE).end();
    }

    /** Begins a block's first event, inside the block. */
    private JsonOutput start(String type, OutputStream out) throws IOException {
        delta = ascii("event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":" + index + ",\"delta\":{");
        return event("content_block_start", out).name("index").value(index).name("content_block").beginObject().name("type").value(type);
    }

    private void started() throws IOException {
        json.endObject();
        done();
    }

    private JsonOutput delta(String type, OutputStream out) throws IOException {
        return json.begin(out).raw(delta).name("type").value(type);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
