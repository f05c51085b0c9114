package dev.hydra.dialect.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.wire.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;

/** Puts a stream of events together again, as Anthropic's library does, and checks its grammar on the way (spec mapping §6.3). */
final class StreamFold {
    private final JsonArrayBuilder content = Json.arrayBuilder();
    private JsonObject message = Json.objectBuilder().build();
    private JsonObject open = Json.objectBuilder().build();
    private boolean isOpen;
    private int blocks;
    private final StringBuilder json = new StringBuilder();
    private final List<JsonObject> citations = new ArrayList<>();

    private StreamFold() {
    }

    /** The message that the events amount to. */
    static JsonObject message(List<JsonObject> events) {
        StreamFold fold = new StreamFold();
        assertThat(events.getFirst().getString("type")).isEqualTo("message_start");
        assertThat(events.get(1).getString("type")).isEqualTo("ping");
        assertThat(events.get(events.size() - 2).getString("type")).isEqualTo("message_delta");
        assertThat(events.getLast().getString("type")).isEqualTo("message_stop");
        events.forEach(fold::add);
        return fold.message;
    }

    private void add(JsonObject event) {
        switch (event.getString("type")) {
            case "message_start" -> message = event.getJsonObject("message");
            case "content_block_start" -> {
                assertThat(isOpen).isFalse();
                assertThat(event.getInt("index")).isEqualTo(blocks++);
                isOpen = true;
                open = event.getJsonObject("content_block");
                json.setLength(0);
                citations.clear();
            }
            case "content_block_delta" -> {
                assertThat(isOpen).isTrue();
                assertThat(event.getInt("index")).isEqualTo(blocks - 1);
                delta(event.getJsonObject("delta"));
            }
            case "content_block_stop" -> {
                assertThat(event.getInt("index")).isEqualTo(blocks - 1);
                isOpen = false;
                content.add(closed());
            }
            case "message_delta" -> {
                assertThat(isOpen).isFalse();
                JsonObjectBuilder whole = Json.objectBuilder(message).add("content", content);
                event.getJsonObject("delta").forEach(whole::add);
                message = whole.add("usage", event.getJsonObject("usage")).build();
            }
            case "ping", "message_stop" -> {
            }
            default -> throw new AssertionError("unknown event " + event);
        }
    }

    private void delta(JsonObject delta) {
        switch (delta.getString("type")) {
            case "text_delta" -> append("text", delta);
            case "thinking_delta" -> {
                assertThat(open.getString("signature")).as("the signature comes last").isEmpty();
                append("thinking", delta);
            }
            case "signature_delta" -> append("signature", delta);
            case "input_json_delta" -> json.append(delta.getString("partial_json"));
            case "citations_delta" -> citations.add(delta.getJsonObject("citation"));
            default -> throw new AssertionError("unknown delta " + delta);
        }
    }

    private void append(String field, JsonObject delta) {
        open = Json.objectBuilder(open).add(field, open.getString(field) + delta.getString(field)).build();
    }

    private JsonObject closed() {
        JsonObjectBuilder block = Json.objectBuilder(open);
        if (open.getString("type").equals("tool_use") || open.getString("type").equals("server_tool_use")) {
            block.add("input", json.isEmpty() ? Json.objectBuilder().build() : Json.object(json.toString()));
        }
        if (!citations.isEmpty()) {
            JsonArrayBuilder all = Json.arrayBuilder();
            citations.forEach(all::add);
            block.add("citations", all);
        }
        return block.build();
    }
}
