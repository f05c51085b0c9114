package dev.hydra.dialect.responses;

import dev.hydra.conversation.FinishReason;
import dev.hydra.conversation.ReplyEvent;
import dev.hydra.conversation.Seal;
import dev.hydra.conversation.Usage;
import dev.hydra.dialect.FunctionNames;
import dev.hydra.dialect.OpenAiOptions;
import dev.hydra.dialect.OpenAiReply;
import dev.hydra.dialect.OpenAiTools;
import dev.hydra.dialect.ReplyJson;
import dev.hydra.dialect.ReplyReader;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a response, or the events of a stream. Deltas become events at once; the end of each item tells what deltas left out, so a whole response is
 * read as a list of ended items.
 */
final class ProviderReader implements ReplyReader {
    private final FunctionNames names;
    /** Numbers of the calls by the id of their item. */
    private final Map<String, Integer> calls = new HashMap<>();
    /** Ids of items of which deltas have told something: text, summary, arguments. */
    private final Set<String> told = new HashSet<>();
    private final List<ReplyEvent.Cited> sources = new ArrayList<>();
    private final StringBuilder refusal = new StringBuilder();
    private final Map<String, Integer> origins = new HashMap<>();
    private int said;
    private boolean shown;
    private boolean started;
    private @Nullable JsonObject last;

    ProviderReader(FunctionNames names) {
        this.names = names;
    }

    @Override
    public void read(byte[] json, int offset, int length, Consumer<? super ReplyEvent> events) {
        if (ReplyJson.isDone(json, offset, length)) {
            return;
        }
        JsonObject message = ReplyJson.object(json, offset, length);
        String type = ReplyJson.text(message, "type");
        if (message.get("error") instanceof JsonObject error && !ReplyJson.text(message, "object").equals("response")) {
            fail(error, events);
        } else if (ReplyJson.text(message, "object").equals("response")) {
            start(message, events);
            ReplyJson.array(message, "output").forEach(item -> done(item, events));
            finish(message, events);
        } else {
            event(type, message, events);
        }
    }

    private void event(String type, JsonObject event, Consumer<? super ReplyEvent> events) {
        String item = ReplyJson.text(event, "item_id");
        String delta = ReplyJson.text(event, "delta");
        switch (type) {
            case "response.created" -> start(ReplyJson.object(event, "response"), events);
            case "response.output_item.added" -> added(ReplyJson.object(event, "item"), events);
            case "response.output_text.delta" -> text(item, delta, events);
            case "response.refusal.delta" -> {
                told.add(item);
                refusal.append(delta);
            }
            case "response.reasoning_summary_part.added" -> {
                if (ReplyJson.whole(event, "summary_index", 0) > 0) {
                    thought(item, "\n\n", events);
                }
            }
            case "response.reasoning_summary_text.delta", "response.reasoning_text.delta" -> thought(item, delta, events);
            case "response.function_call_arguments.delta" -> arguments(item, delta, events);
            case "response.output_item.done" -> done(event.getOrDefault("item", JsonValue.NULL), events);
            case "response.completed", "response.incomplete", "response.failed" -> finish(ReplyJson.object(event, "response"), events);
            case "error" -> fail(event, events);
            default -> {
                // Progress that says nothing about the answer.
            }
        }
    }

    private void start(JsonObject response, Consumer<? super ReplyEvent> events) {
        if (!started) {
            started = true;
            events.accept(new ReplyEvent.Started(ReplyJson.text(response, "id"), ReplyJson.text(response, "model")));
        }
    }

    private void fail(JsonObject error, Consumer<? super ReplyEvent> events) {
        events.accept(new ReplyEvent.ProviderError(Json.objectBuilder().add("error", error).build()));
    }

    private void text(String item, String text, Consumer<? super ReplyEvent> events) {
        if (!text.isEmpty()) {
            origins.putIfAbsent(item, said);
            told.add(item);
            shown = true;
            said += text.codePointCount(0, text.length());
            events.accept(new ReplyEvent.TextDelta(0, text, Seal.NONE));
        }
    }

    private void thought(String item, String text, Consumer<? super ReplyEvent> events) {
        if (!text.isEmpty()) {
            told.add(item);
            events.accept(new ReplyEvent.ThoughtDelta(0, text, Seal.NONE));
        }
    }

    private void arguments(String item, String json, Consumer<? super ReplyEvent> events) {
        Integer call = calls.get(item);
        if (call != null && !json.isEmpty()) {
            told.add(item);
            events.accept(new ReplyEvent.CallArguments(0, call, json));
        }
    }

    private void added(JsonObject item, Consumer<? super ReplyEvent> events) {
        String type = ReplyJson.text(item, "type");
        String id = ReplyJson.text(item, "id");
        if ((type.equals("function_call") || type.equals("custom_tool_call")) && !calls.containsKey(id)) {
            shown = true;
            calls.put(id, calls.size());
            String name = names.declared(ReplyJson.text(item, "name"));
            events.accept(new ReplyEvent.CallStarted(0, calls.get(id), ReplyJson.text(item, "call_id"), name, Seal.NONE));
        }
    }

    private void done(JsonValue value, Consumer<? super ReplyEvent> events) {
        if (!(value instanceof JsonObject item)) {
            return;
        }
        String id = ReplyJson.text(item, "id");
        switch (ReplyJson.text(item, "type")) {
            case "message" -> message(item, id, events);
            case "reasoning" -> reasoning(item, id, events);
            case "function_call" -> {
                added(item, events);
                String whole = ReplyJson.text(item, "arguments");
                if (!told.contains(id)) {
                    arguments(id, whole.isBlank() ? "{}" : whole, events);
                }
            }
            case "custom_tool_call" -> {
                added(item, events);
                arguments(id, Json.objectBuilder().add(OpenAiTools.CUSTOM_INPUT, ReplyJson.text(item, "input")).build().toString(), events);
            }
            case "image_generation_call" -> {
                String base64 = ReplyJson.text(item, "result");
                if (!base64.isEmpty()) {
                    shown = true;
                    String format = ReplyJson.text(item, "output_format");
                    events.accept(new ReplyEvent.MediaMade(0, "image/" + (format.isEmpty() ? "png" : format), base64, Seal.NONE));
                }
            }
            default -> {
                // What the provider did with tools of its own is told by the text that it led to.
            }
        }
    }

    private void message(JsonObject item, String id, Consumer<? super ReplyEvent> events) {
        boolean news = !told.contains(id);
        for (JsonValue value : ReplyJson.array(item, "content")) {
            if (!(value instanceof JsonObject part)) {
                continue;
            }
            if (news) {
                text(id, ReplyJson.text(part, "text"), events);
                refusal.append(ReplyJson.text(part, "refusal"));
            }
            for (JsonValue annotation : ReplyJson.array(part, "annotations")) {
                source(annotation, origins.getOrDefault(id, 0));
            }
            if (!ReplyJson.array(part, "logprobs").isEmpty()) {
                events.accept(new ReplyEvent.Logprobs(0, OpenAiReply.logprobs(ReplyJson.array(part, "logprobs"))));
            }
        }
    }

    private void source(JsonValue annotation, int origin) {
        if (annotation instanceof JsonObject cited && ReplyJson.text(cited, "type").equals("url_citation")) {
            int end = ReplyJson.whole(cited, "end_index", 0);
            int start = ReplyJson.whole(cited, "start_index", 0);
            boolean known = end > start;
            sources.add(new ReplyEvent.Cited(0, known ? origin + start : 0, known ? origin + end : 0, ReplyJson.text(cited, "url"),
                    ReplyJson.text(cited, "title")));
        }
    }

    private void reasoning(JsonObject item, String id, Consumer<? super ReplyEvent> events) {
        if (!told.contains(id)) {
            String between = "";
            for (JsonValue value : ReplyJson.array(item, "summary")) {
                String text = value instanceof JsonObject part ? ReplyJson.text(part, "text") : "";
                thought(id, between + text, events);
                between = "\n\n";
            }
        }
        String encrypted = ReplyJson.text(item, "encrypted_content");
        if (!encrypted.isEmpty()) {
            events.accept(new ReplyEvent.ThoughtDelta(0, "", new Seal(ResponsesDialect.ID, encrypted)));
        }
    }

    private void finish(JsonObject response, Consumer<? super ReplyEvent> events) {
        if (ReplyJson.text(response, "status").equals("failed")) {
            fail(ReplyJson.object(response, "error"), events);
        } else {
            last = response;
        }
    }

    @Override
    public void end(Consumer<? super ReplyEvent> events) {
        JsonObject response = last;
        if (response == null) {
            return;
        }
        sources.forEach(events);
        String why = ReplyJson.text(ReplyJson.object(response, "incomplete_details"), "reason");
        String status = ReplyJson.text(response, "status");
        if (!refusal.isEmpty() && !shown) {
            events.accept(new ReplyEvent.Refused("refusal", refusal.toString()));
        } else {
            FinishReason finish = OpenAiOptions.reason(status.equals("incomplete") ? why : status);
            events.accept(new ReplyEvent.Finished(0, finish, finish == FinishReason.OTHER ? why : ""));
        }
        Usage usage = OpenAiReply.usage(ReplyJson.object(response, "usage"), "input_tokens", "output_tokens");
        events.accept(new ReplyEvent.UsageReported(usage, OpenAiReply.tier(response)));
    }
}
