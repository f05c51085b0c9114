package dev.hydra.dialect.gemini;

import dev.hydra.conversation.ReplyEvent;
import dev.hydra.dialect.FunctionNames;
import dev.hydra.dialect.ReplyReader;
import dev.hydra.wire.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads whole replies, events of a stream, and elements of the array that a stream without {@code alt=sse} is, all alike. */
final class GeminiReplyReader implements ReplyReader {
    private final FunctionNames names;
    private final ArgumentTypes types;
    private final Map<Integer, CandidateReader> candidates = new TreeMap<>();
    private JsonObject usage = JsonValue.EMPTY_JSON_OBJECT;
    private boolean started;
    private boolean refused;

    GeminiReplyReader(FunctionNames names, ArgumentTypes types) {
        this.names = names;
        this.types = types;
    }

    @Override
    public void read(byte[] json, int offset, int length, Consumer<? super ReplyEvent> events) {
        switch (parsed(json, offset, length)) {
            case JsonObject message -> message(message, events);
            case JsonArray messages -> {
                for (JsonValue message : messages) {
                    if (message instanceof JsonObject object) {
                        message(object, events);
                    }
                }
            }
            default -> throw new MalformedReply("the provider's reply is neither an object nor an array");
        }
    }

    @Override
    public void end(Consumer<? super ReplyEvent> events) {
        candidates.values().forEach(candidate -> candidate.end(events));
        if (!usage.isEmpty()) {
            events.accept(new ReplyEvent.UsageReported(UsageCounts.of(usage), UsageCounts.serviceTier(usage)));
        }
    }

    private static JsonValue parsed(byte[] json, int offset, int length) {
        try {
            return Json.value(json, offset, length);
        } catch (JsonException notJson) {
            throw new MalformedReply("the provider's reply is not JSON");
        }
    }

    private void message(JsonObject message, Consumer<? super ReplyEvent> events) {
        if (message.get("error") instanceof JsonObject) {
            events.accept(new ReplyEvent.ProviderError(message));
            return;
        }
        JsonObject counted = Members.object(message, "usageMetadata");
        if (!started) {
            started = true;
            events.accept(new ReplyEvent.Started(Members.text(message, "responseId"), Members.text(message, "modelVersion")));
            promptCount(message, counted, events);
        }
        for (JsonValue element : Members.array(message, "candidates")) {
            if (element instanceof JsonObject candidate) {
                candidates.computeIfAbsent((int) Members.whole(candidate, "index"), index -> new CandidateReader(index, names, types))
                        .read(candidate, events);
            }
        }
        JsonObject feedback = Members.object(message, "promptFeedback");
        String block = FinishReasons.blockName(feedback.get("blockReason"));
        if (!block.isEmpty() && !refused && candidates.isEmpty()) {
            refused = true;
            events.accept(new ReplyEvent.Refused(block, Members.text(feedback, "blockReasonMessage")));
        }
        if (UsageCounts.counts(counted)) {
            usage = counted;
        }
    }

    /** A stream's first message counts the prompt, which Anthropic's clients are told first of all; a whole reply tells it once, at the end. */
    private static void promptCount(JsonObject message, JsonObject counted, Consumer<? super ReplyEvent> events) {
        boolean goesOn = false;
        for (JsonValue element : Members.array(message, "candidates")) {
            goesOn |= element instanceof JsonObject candidate && !candidate.containsKey("finishReason");
        }
        if (goesOn && UsageCounts.counts(counted)) {
            events.accept(new ReplyEvent.UsageReported(UsageCounts.of(counted), UsageCounts.serviceTier(counted)));
        }
    }
}
