package dev.hydra.dialect.messages;

import dev.hydra.conversation.Part;
import dev.hydra.conversation.ReplyEvent;
import dev.hydra.conversation.Seal;
import dev.hydra.dialect.Field;
import dev.hydra.dialect.FunctionNames;
import dev.hydra.wire.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Turns the blocks of Anthropic's answer into events. Blocks come one after the other, so there is one that is open. */
final class BlockReader {
    private final FunctionNames names;
    private JsonObject block = JsonValue.EMPTY_JSON_OBJECT;
    private final StringBuilder json = new StringBuilder();
    private final List<Field> citations = new ArrayList<>();
    private int calls;
    /** Whether arguments of the open call have been passed on already. */
    private boolean streamed;
    /** Code points of visible text, in all and before the open block. */
    private int said;
    private int before;

    BlockReader(FunctionNames names) {
        this.names = names;
    }

    /** A block of a whole message: what its stream would say, at once. */
    void whole(Field all, Consumer<? super ReplyEvent> events) {
        if (!all.isObject()) {
            return;
        }
        start(all, events);
        if (all.get("type").textIfAny().equals("tool_use")) {
            json.append(all.get("input").value());
        } else if (all.get("type").textIfAny().equals("thinking")) {
            signature(all.get("signature").textIfAny(), events);
        }
        if (all.get("citations").isArray()) {
            citations.addAll(all.get("citations").items());
        }
        stop(events);
    }

    void start(Field opened, Consumer<? super ReplyEvent> events) {
        block = opened.isObject() ? opened.object() : JsonValue.EMPTY_JSON_OBJECT;
        json.setLength(0);
        citations.clear();
        before = said;
        switch (opened.get("type").textIfAny()) {
            case "text" -> text(opened.get("text").textIfAny(), events);
            case "thinking" -> thinking(opened.get("thinking").textIfAny(), events);
            case "tool_use" -> events.accept(new ReplyEvent.CallStarted(0, calls, ToolIds.read(opened.get("id").textIfAny()),
                    names.declared(opened.get("name").textIfAny()), Seal.NONE));
            default -> {
                // Anthropic's own blocks are passed on when they are whole.
            }
        }
    }

    void delta(Field delta, Consumer<? super ReplyEvent> events) {
        switch (delta.get("type").textIfAny()) {
            case "text_delta" -> text(delta.get("text").textIfAny(), events);
            case "thinking_delta" -> thinking(delta.get("thinking").textIfAny(), events);
            case "signature_delta" -> signature(delta.get("signature").textIfAny(), events);
            case "input_json_delta" -> input(delta.get("partial_json").textIfAny(), events);
            case "citations_delta" -> citations.add(delta.get("citation"));
            default -> {
                // The next kind of delta does not end a reply.
            }
        }
    }

    void stop(Consumer<? super ReplyEvent> events) {
        switch (block.getString("type", "")) {
            case "text" -> citations.forEach(source -> cited(source, events));
            case "tool_use" -> {
                if (!streamed) {
                    events.accept(new ReplyEvent.CallArguments(0, calls, json.isEmpty() ? "{}" : json.toString()));
                }
                streamed = false;
                calls++;
            }
            case "thinking", "" -> {
            }
            default -> events.accept(new ReplyEvent.ForeignMade(0, new Part.Foreign(MessagesDialect.ID, complete()), Seal.NONE));
        }
        block = JsonValue.EMPTY_JSON_OBJECT;
    }

    private void text(String text, Consumer<? super ReplyEvent> events) {
        if (!text.isEmpty()) {
            said += text.codePointCount(0, text.length());
            events.accept(new ReplyEvent.TextDelta(0, text, Seal.NONE));
        }
    }

    private static void thinking(String text, Consumer<? super ReplyEvent> events) {
        if (!text.isEmpty()) {
            events.accept(new ReplyEvent.ThoughtDelta(0, text, Seal.NONE));
        }
    }

    private static void signature(String signature, Consumer<? super ReplyEvent> events) {
        if (!signature.isEmpty()) {
            events.accept(new ReplyEvent.ThoughtDelta(0, "", new Seal(Seal.ANTHROPIC, signature)));
        }
    }

    private void input(String piece, Consumer<? super ReplyEvent> events) {
        if (!block.getString("type", "").equals("tool_use")) {
            json.append(piece);
        } else if (!piece.isEmpty()) {
            streamed = true;
            events.accept(new ReplyEvent.CallArguments(0, calls, piece));
        }
    }

    /** A hosted tool's call with its arguments, which came in pieces; other blocks came whole. */
    private JsonObject complete() {
        if (json.isEmpty()) {
            return block;
        }
        try {
            return Json.objectBuilder(block).add("input", Json.object(json.toString())).build();
        } catch (JsonException cut) {
            return block;
        }
    }

    private void cited(Field source, Consumer<? super ReplyEvent> events) {
        String url = source.get("url").or(source.get("source")).textIfAny();
        if (!url.isEmpty()) {
            events.accept(new ReplyEvent.Cited(0, before, said, url, source.get("title").textIfAny()));
        }
    }
}
