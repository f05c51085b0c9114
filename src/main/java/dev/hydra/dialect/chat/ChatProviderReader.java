package dev.hydra.dialect.chat;

import dev.hydra.conversation.ReplyEvent;
import dev.hydra.dialect.FunctionNames;
import dev.hydra.dialect.OpenAiReply;
import dev.hydra.dialect.ReplyJson;
import dev.hydra.dialect.ReplyReader;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads a completion, or the chunks of a stream: both are choices of which each message tells some more. */
final class ChatProviderReader implements ReplyReader {
    private final FunctionNames names;
    private final Map<Integer, ChoiceReader> choices = new TreeMap<>();
    private JsonObject usage = JsonValue.EMPTY_JSON_OBJECT;
    private String tier = "";
    private boolean started;

    ChatProviderReader(FunctionNames names) {
        this.names = names;
    }

    @Override
    public void read(byte[] json, int offset, int length, Consumer<? super ReplyEvent> events) {
        if (ReplyJson.isDone(json, offset, length)) {
            return;
        }
        JsonObject message = ReplyJson.object(json, offset, length);
        if (message.get("error") instanceof JsonObject) {
            events.accept(new ReplyEvent.ProviderError(message));
            return;
        }
        if (!started) {
            started = true;
            events.accept(new ReplyEvent.Started(ReplyJson.text(message, "id"), ReplyJson.text(message, "model")));
        }
        for (JsonValue element : ReplyJson.array(message, "choices")) {
            if (element instanceof JsonObject choice) {
                choices.computeIfAbsent(ReplyJson.whole(choice, "index", 0), index -> new ChoiceReader(index, names)).read(choice, events);
            }
        }
        if (message.get("usage") instanceof JsonObject counted) {
            usage = counted;
        }
        String told = OpenAiReply.tier(message);
        tier = told.isEmpty() ? tier : told;
    }

    @Override
    public void end(Consumer<? super ReplyEvent> events) {
        choices.values().forEach(choice -> choice.end(events));
        if (!usage.isEmpty()) {
            events.accept(new ReplyEvent.UsageReported(OpenAiReply.usage(usage, "prompt_tokens", "completion_tokens"), tier));
        }
    }
}
