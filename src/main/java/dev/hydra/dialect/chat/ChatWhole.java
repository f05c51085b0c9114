package dev.hydra.dialect.chat;

import dev.hydra.conversation.ReplyEvent.MediaMade;
import dev.hydra.conversation.ReplyEvent.TokenLogprob;
import dev.hydra.conversation.Usage;
import dev.hydra.dialect.ReplyHead;
import dev.hydra.dialect.SoundFile;
import dev.hydra.wire.JsonOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An answer as one {@code chat.completion} (spec mapping §2). */
final class ChatWhole implements ChatOutput {
    private final ReplyHead head;
    private final ReplyWishes wishes;
    private final Map<Integer, Message> messages = new TreeMap<>();
    private String id;
    private String fingerprint = "";

    ChatWhole(ReplyHead head, ReplyWishes wishes) {
        this.head = head;
        this.wishes = wishes;
        this.id = head.requestId();
    }

    /** One choice's message as far as it is known. */
    private static final class Message {
        final StringBuilder content = new StringBuilder();
        final StringBuilder reasoning = new StringBuilder();
        final StringBuilder refusal = new StringBuilder();
        final List<ChatCall> calls = new ArrayList<>();
        final List<StringBuilder> arguments = new ArrayList<>();
        final List<MediaMade> images = new ArrayList<>();
        final List<MediaMade> sounds = new ArrayList<>();
        final List<TokenLogprob> logprobs = new ArrayList<>();
        List<Annotation> annotations = List.of();
        Extras extras = Extras.NONE;
        String finishReason = "stop";
    }

    /** The fields with which a completion and each of its chunks begin. */
    static void head(JsonOutput json, String id, String object, ReplyHead head, String fingerprint) throws IOException {
        json.name("id").value("chatcmpl-" + id).name("object").value(object);
        json.name("created").value(Math.max(1, head.created().getEpochSecond())).name("model").value(head.model());
        json.name("system_fingerprint");
        if (fingerprint.isEmpty()) {
            json.nullValue();
        } else {
            json.value(fingerprint);
        }
    }

    @Override
    public void started(String responseId, String modelVersion) {
        id = responseId.isEmpty() ? id : responseId;
        fingerprint = modelVersion;
    }

    @Override
    public void opened(int choice, OutputStream out) {
        messages.put(choice, new Message());
    }

    private Message message(int choice) {
        return messages.computeIfAbsent(choice, index -> new Message());
    }

    @Override
    public void content(int choice, String text, OutputStream out) {
        message(choice).content.append(text);
    }

    @Override
    public void reasoning(int choice, String text, OutputStream out) {
        message(choice).reasoning.append(text);
    }

    @Override
    public void call(int choice, ChatCall call, OutputStream out) {
        message(choice).calls.add(call);
        message(choice).arguments.add(new StringBuilder());
    }

    @Override
    public void arguments(int choice, ChatCall call, String text, OutputStream out) {
        Message message = message(choice);
        message.arguments.get(message.calls.indexOf(call)).append(text);
    }

    @Override
    public void image(int choice, int index, MediaMade image, OutputStream out) {
        message(choice).images.add(image);
    }

    @Override
    public void audio(int choice, MediaMade audio, OutputStream out) {
        message(choice).sounds.add(audio);
    }

    @Override
    public void annotations(int choice, List<Annotation> annotations, OutputStream out) {
        message(choice).annotations = annotations;
    }

    @Override
    public void logprobs(int choice, List<TokenLogprob> tokens, OutputStream out) {
        message(choice).logprobs.addAll(tokens);
    }

    @Override
    public void refusal(int choice, String text, OutputStream out) {
        message(choice).refusal.append(text);
    }

    @Override
    public void finished(int choice, String reason, Extras extras, OutputStream out) {
        message(choice).finishReason = reason;
        message(choice).extras = extras;
    }

    @Override
    public void end(Usage usage, String serviceTier, OutputStream out) throws IOException {
        JsonOutput json = new JsonOutput().begin(out).beginObject();
        head(json, id, "chat.completion", head, fingerprint);
        json.name("choices").beginArray();
        for (var entry : messages.entrySet()) {
            choice(json, entry.getKey(), entry.getValue());
        }
        json.endArray();
        ChatFields.serviceTier(json, serviceTier);
        ChatFields.usage(json, usage);
        json.endObject().end();
    }

    @Override
    public void fail(byte[] error, OutputStream out) throws IOException {
        out.write(error);
    }

    private void choice(JsonOutput json, int index, Message message) throws IOException {
        json.beginObject().name("index").value(index).name("message").beginObject();
        speech(json, message);
        calls(json, message);
        made(json, message);
        ChatFields.extras(json, message.extras);
        json.endObject();
        if (message.logprobs.isEmpty()) {
            json.name("logprobs").nullValue();
        } else {
            ChatFields.logprobs(json, message.logprobs);
        }
        json.name("finish_reason").value(message.finishReason).endObject();
    }

    private static void speech(JsonOutput json, Message message) throws IOException {
        json.name("role").value("assistant").name("content");
        if (message.content.isEmpty() && !message.calls.isEmpty()) {
            json.nullValue();
        } else {
            json.value(message.content.toString());
        }
        json.name("refusal");
        if (message.refusal.isEmpty()) {
            json.nullValue();
        } else {
            json.value(message.refusal.toString());
        }
        if (!message.reasoning.isEmpty()) {
            json.name("reasoning_content").value(message.reasoning.toString());
        }
        if (!message.annotations.isEmpty()) {
            ChatFields.annotations(json, message.annotations);
        }
    }

    private static void calls(JsonOutput json, Message message) throws IOException {
        if (message.calls.isEmpty()) {
            return;
        }
        if (message.calls.getFirst().form() == ChatCall.Form.LEGACY) {
            json.name("function_call").beginObject().name("name").value(message.calls.getFirst().name());
            json.name("arguments").value(message.arguments.getFirst().toString()).endObject();
            return;
        }
        json.name("tool_calls").beginArray();
        for (int i = 0; i < message.calls.size(); i++) {
            ChatFields.call(json, message.calls.get(i), message.arguments.get(i).toString(), false);
        }
        json.endArray();
    }

    private void made(JsonOutput json, Message message) throws IOException {
        if (!message.images.isEmpty()) {
            json.name("images").beginArray();
            for (int i = 0; i < message.images.size(); i++) {
                ChatFields.image(json, i, message.images.get(i));
            }
            json.endArray();
        }
        if (!message.sounds.isEmpty()) {
            json.name("audio").beginObject().name("id").value("audio_" + id).name("data");
            json.value(SoundFile.of(message.sounds, wishes.rawAudio()).base64());
            // Nothing is kept here under this id: it has expired from the start, so clients must send what they want remembered.
            json.name("expires_at").value(Math.max(1, head.created().getEpochSecond())).name("transcript").value("").endObject();
        }
    }
}
