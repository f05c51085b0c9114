package dev.hydra.dialect.messages;

import dev.hydra.conversation.FinishReason;
import dev.hydra.conversation.ReplyEvent;
import dev.hydra.conversation.Usage;
import dev.hydra.dialect.Field;
import dev.hydra.dialect.FunctionNames;
import dev.hydra.dialect.ReplyReader;
import dev.hydra.wire.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.function.Consumer;

/** Reads Anthropic's whole messages and the events of its streams alike; an event's type stands in its data too. */
final class MessagesReplyReader implements ReplyReader {
    private final BlockReader blocks;
    private JsonObject usage = JsonValue.EMPTY_JSON_OBJECT;
    private String stopReason = "";
    private String explanation = "";
    private boolean complete;

    MessagesReplyReader(FunctionNames names) {
        this.blocks = new BlockReader(names);
    }

    @Override
    public void read(byte[] json, int offset, int length, Consumer<? super ReplyEvent> events) {
        JsonObject message;
        try {
            message = Json.object(json, offset, length);
        } catch (JsonException broken) {
            throw new MalformedReply("the provider's reply is not a JSON object");
        }
        Field event = Field.root(message);
        switch (event.get("type").textIfAny()) {
            case "message" -> whole(event, events);
            case "message_start" -> started(event.get("message"), events);
            case "content_block_start" -> blocks.start(event.get("content_block"), events);
            case "content_block_delta" -> blocks.delta(event.get("delta"), events);
            case "content_block_stop" -> blocks.stop(events);
            case "message_delta" -> {
                stopped(event.get("delta"));
                count(event.get("usage"));
            }
            case "message_stop" -> complete = true;
            case "error" -> events.accept(new ReplyEvent.ProviderError(message));
            default -> {
                // ping, and whatever is invented next
            }
        }
    }

    /** A stream without {@code message_stop} was cut, whatever came before. */
    @Override
    public void end(Consumer<? super ReplyEvent> events) {
        if (complete && !stopReason.isEmpty()) {
            events.accept(new ReplyEvent.Finished(0, reason(stopReason), explanation));
        }
        if (!usage.isEmpty()) {
            events.accept(new ReplyEvent.UsageReported(usage(), ""));
        }
    }

    private void whole(Field message, Consumer<? super ReplyEvent> events) {
        started(message, events);
        if (message.get("content").isArray()) {
            for (Field block : message.get("content").items()) {
                blocks.whole(block, events);
            }
        }
        stopped(message);
        complete = true;
    }

    private void started(Field message, Consumer<? super ReplyEvent> events) {
        events.accept(new ReplyEvent.Started(message.get("id").textIfAny(), message.get("model").textIfAny()));
        count(message.get("usage"));
        if (!usage.isEmpty()) {
            events.accept(new ReplyEvent.UsageReported(usage(), ""));
        }
    }

    private void stopped(Field holder) {
        String reason = holder.get("stop_reason").textIfAny();
        stopReason = reason.isEmpty() ? stopReason : reason;
        String why = holder.get("stop_details").get("explanation").textIfAny();
        explanation = why.isEmpty() ? explanation : why;
    }

    /** A later count replaces an earlier one, field by field: the last event tells only some of them. */
    private void count(Field counted) {
        if (counted.isObject()) {
            var merged = Json.objectBuilder(usage);
            counted.names().forEach(name -> {
                if (counted.get(name).present()) {
                    merged.add(name, counted.get(name).value());
                }
            });
            usage = merged.build();
        }
    }

    private Usage usage() {
        long cached = count("cache_read_input_tokens");
        long prompt = count("input_tokens") + cached + count("cache_creation_input_tokens");
        long completion = count("output_tokens");
        long thoughts = usage.get("output_tokens_details") instanceof JsonObject details ? count(details, "thinking_tokens") : 0;
        return new Usage(prompt, cached, completion, thoughts, prompt + completion, Usage.Modalities.NONE, Usage.Modalities.NONE);
    }

    private long count(String name) {
        return count(usage, name);
    }

    private static long count(JsonObject holder, String name) {
        return holder.get(name) instanceof JsonNumber number ? number.longValue() : 0;
    }

    private static FinishReason reason(String word) {
        return switch (word) {
            case "end_turn", "stop_sequence", "tool_use" -> FinishReason.STOP;
            case "max_tokens", "model_context_window_exceeded" -> FinishReason.LENGTH;
            case "refusal" -> FinishReason.FILTERED;
            default -> FinishReason.OTHER;
        };
    }
}
