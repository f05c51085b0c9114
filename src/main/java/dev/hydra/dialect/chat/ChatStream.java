package dev.hydra.dialect.chat;

import dev.hydra.conversation.ReplyEvent.MediaMade;
import dev.hydra.conversation.ReplyEvent.TokenLogprob;
import dev.hydra.conversation.Usage;
import dev.hydra.dialect.ReplyHead;
import dev.hydra.wire.JsonOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** An answer as a stream of {@code chat.completion.chunk}s (spec mapping §3). What all chunks share is written once and copied as bytes. */
final class ChatStream implements ChatOutput {
    private static final byte[] DELTA = ascii(",\"delta\":{");
    private static final byte[] OPEN_END = ascii("},\"logprobs\":null,\"finish_reason\":null}]");
    private static final byte[] AFTER_DELTA = ascii("},");
    private static final byte[] PLAIN_TAIL = ascii("}\n\n");
    private static final byte[] USAGE_TAIL = ascii(",\"usage\":null}\n\n");
    private static final byte[] DATA = ascii("data: ");
    private static final byte[] BLANK_LINE = ascii("\n\n");
    private static final byte[] DONE = ascii("data: [DONE]\n\n");

    private final ReplyHead head;
    private final boolean wantsUsage;
    private final byte[] tail;
    private final JsonOutput json = new JsonOutput();
    private String id;
    private String fingerprint = "";
    /** All of a chunk up to the choices; made when the first chunk is written. */
    private byte[] prefix = {};

    ChatStream(ReplyHead head, ReplyWishes wishes) {
        this.head = head;
        this.wantsUsage = wishes.usage();
        this.tail = wantsUsage ? USAGE_TAIL : PLAIN_TAIL;
        this.id = head.requestId();
    }

    @Override
    public void started(String responseId, String modelVersion) {
        if (prefix.length == 0) {
            id = responseId.isEmpty() ? id : responseId;
            fingerprint = modelVersion;
        }
    }

    @Override
    public void opened(int choice, OutputStream out) throws IOException {
        chunk(choice, out).name("role").value("assistant").name("content").value("").name("refusal").nullValue();
        close();
    }

    @Override
    public void content(int choice, String text, OutputStream out) throws IOException {
        chunk(choice, out).name("content").value(text);
        close();
    }

    @Override
    public void reasoning(int choice, String text, OutputStream out) throws IOException {
        chunk(choice, out).name("reasoning_content").value(text);
        close();
    }

    @Override
    public void call(int choice, ChatCall call, OutputStream out) throws IOException {
        chunk(choice, out);
        if (call.form() == ChatCall.Form.LEGACY) {
            json.name("function_call").beginObject().name("name").value(call.name()).name("arguments").value("").endObject();
        } else {
            json.name("tool_calls").beginArray();
            ChatFields.call(json, call, "", true);
            json.endArray();
        }
        close();
    }

    @Override
    public void arguments(int choice, ChatCall call, String text, OutputStream out) throws IOException {
        chunk(choice, out);
        switch (call.form()) {
            case LEGACY -> json.name("function_call").beginObject().name("arguments").value(text).endObject();
            case FUNCTION -> callDelta(call, "function", "arguments", text);
            case CUSTOM -> callDelta(call, "custom", "input", text);
        }
        close();
    }

    private void callDelta(ChatCall call, String kind, String field, String text) throws IOException {
        json.name("tool_calls").beginArray().beginObject().name("index").value(call.index());
        json.name(kind).beginObject().name(field).value(text).endObject().endObject().endArray();
    }

    @Override
    public void image(int choice, int index, MediaMade image, OutputStream out) throws IOException {
        chunk(choice, out).name("images").beginArray();
        ChatFields.image(json, index, image);
        json.endArray();
        close();
    }

    /** Pieces of sound go as the provider gives them: bare samples, which is what OpenAI streams too. */
    @Override
    public void audio(int choice, MediaMade audio, OutputStream out) throws IOException {
        chunk(choice, out).name("audio").beginObject().name("id").value("audio_" + id).name("data").value(audio.base64()).endObject();
        close();
    }

    @Override
    public void annotations(int choice, List<Annotation> annotations, OutputStream out) throws IOException {
        ChatFields.annotations(chunk(choice, out), annotations);
        close();
    }

    @Override
    public void logprobs(int choice, List<TokenLogprob> tokens, OutputStream out) throws IOException {
        chunk(choice, out).raw(AFTER_DELTA);
        ChatFields.logprobs(json, tokens);
        json.name("finish_reason").nullValue().endObject().endArray();
        json.raw(tail).end();
    }

    @Override
    public void refusal(int choice, String text, OutputStream out) throws IOException {
        chunk(choice, out).name("refusal").value(text);
        close();
    }

    @Override
    public void finished(int choice, String reason, Extras extras, OutputStream out) throws IOException {
        ChatFields.extras(chunk(choice, out), extras);
        json.raw(AFTER_DELTA).name("logprobs").nullValue().name("finish_reason").value(reason).endObject().endArray();
        json.raw(tail).end();
    }

    @Override
    public void end(Usage usage, String serviceTier, OutputStream out) throws IOException {
        if (wantsUsage) {
            json.begin(out).raw(prefix()).endArray();
            ChatFields.serviceTier(json, serviceTier);
            ChatFields.usage(json, usage);
            json.endObject().raw(BLANK_LINE).end();
        }
        out.write(DONE);
    }

    @Override
    public void fail(byte[] error, OutputStream out) throws IOException {
        json.begin(out).raw(DATA).raw(error).raw(BLANK_LINE).end();
    }

    /** Begins a chunk of one choice, inside its delta. */
    private JsonOutput chunk(int choice, OutputStream out) throws IOException {
        return json.begin(out).raw(prefix()).beginObject().name("index").value(choice).raw(DELTA);
    }

    /** Ends a chunk whose choice goes on. */
    private void close() throws IOException {
        json.raw(OPEN_END).raw(tail).end();
    }

    private byte[] prefix() throws IOException {
        if (prefix.length == 0) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
            JsonOutput once = new JsonOutput().begin(bytes).raw(DATA).beginObject();
            ChatWhole.head(once, id, "chat.completion.chunk", head, fingerprint);
            once.name("choices").beginArray().end();
            prefix = bytes.toByteArray();
        }
        return prefix;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
