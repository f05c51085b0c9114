package dev.hydra.dialect.chat;

import dev.hydra.conversation.FinishReason;
import dev.hydra.conversation.ReplyEvent;
import dev.hydra.conversation.Seal;
import dev.hydra.dialect.CallIds;
import dev.hydra.dialect.DataUri;
import dev.hydra.dialect.FunctionNames;
import dev.hydra.dialect.OpenAiOptions;
import dev.hydra.dialect.OpenAiReply;
import dev.hydra.dialect.OpenAiTools;
import dev.hydra.dialect.ReplyJson;
import dev.hydra.dialect.ReplyReader;
import dev.hydra.wire.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One choice of a provider's reply: text, thoughts and calls become events at once; sources and the finish reason wait for the end. */
final class ChoiceReader {
    private final int index;
    private final FunctionNames names;
    private final Map<Integer, Call> calls = new TreeMap<>();
    private final List<ReplyEvent.Cited> sources = new ArrayList<>();
    private final StringBuilder refusal = new StringBuilder();
    private String reason = "";
    private boolean shown;

    /** A call as far as it is told. */
    private static final class Call {
        final int number;
        final boolean custom;
        final StringBuilder input = new StringBuilder();
        boolean told;

        Call(int number, boolean custom) {
            this.number = number;
            this.custom = custom;
        }
    }

    ChoiceReader(int index, FunctionNames names) {
        this.index = index;
        this.names = names;
    }

    void read(JsonObject choice, Consumer<? super ReplyEvent> events) {
        JsonObject message = choice.get("delta") instanceof JsonObject delta ? delta : ReplyJson.object(choice, "message");
        String thought = ReplyJson.text(message, "reasoning_content");
        thought(thought.isEmpty() ? ReplyJson.text(message, "reasoning") : thought, events);
        content(message.getOrDefault("content", JsonValue.NULL), events);
        refusal.append(ReplyJson.text(message, "refusal"));
        for (JsonValue image : ReplyJson.array(message, "images")) {
            image(image, events);
        }
        sound(ReplyJson.object(message, "audio"), events);
        int place = 0;
        for (JsonValue call : ReplyJson.array(message, "tool_calls")) {
            if (call instanceof JsonObject object) {
                call(object, place++, events);
            }
        }
        if (message.get("function_call") instanceof JsonObject legacy) {
            call(Json.objectBuilder().add("index", 0).add("function", legacy).build(), 0, events);
        }
        for (JsonValue annotation : ReplyJson.array(message, "annotations")) {
            source(annotation);
        }
        JsonObject logprobs = ReplyJson.object(choice, "logprobs");
        if (!ReplyJson.array(logprobs, "content").isEmpty()) {
            events.accept(new ReplyEvent.Logprobs(index, OpenAiReply.logprobs(ReplyJson.array(logprobs, "content"))));
        }
        String given = ReplyJson.text(choice, "finish_reason");
        reason = given.isEmpty() ? reason : given;
    }

    private void thought(String text, Consumer<? super ReplyEvent> events) {
        if (!text.isEmpty()) {
            events.accept(new ReplyEvent.ThoughtDelta(index, text, Seal.NONE));
        }
    }

    private void content(JsonValue content, Consumer<? super ReplyEvent> events) {
        if (content instanceof JsonString text) {
            text(text.getString(), events);
        } else if (content instanceof JsonArray parts) {
            parts.forEach(part -> text(part instanceof JsonObject object ? ReplyJson.text(object, "text") : "", events));
        }
    }

    private void text(String text, Consumer<? super ReplyEvent> events) {
        if (!text.isEmpty()) {
            shown = true;
            events.accept(new ReplyEvent.TextDelta(index, text, Seal.NONE));
        }
    }

    private void image(JsonValue image, Consumer<? super ReplyEvent> events) {
        String url = image instanceof JsonObject object ? ReplyJson.text(ReplyJson.object(object, "image_url"), "url") : "";
        if (DataUri.is(url)) {
            try {
                DataUri data = DataUri.parse(url);
                shown = true;
                events.accept(new ReplyEvent.MediaMade(index, data.mimeType(), data.base64(), Seal.NONE));
            } catch (IllegalArgumentException broken) {
                throw new ReplyReader.MalformedReply("a picture in the provider's reply " + broken.getMessage());
            }
        }
    }

    /** OpenAI streams bare samples and sends files whole; which of them it is can only be seen from the file's own first bytes. */
    private void sound(JsonObject audio, Consumer<? super ReplyEvent> events) {
        String data = ReplyJson.text(audio, "data");
        if (!data.isEmpty()) {
            shown = true;
            boolean wav = data.startsWith("UklGR");
            events.accept(new ReplyEvent.MediaMade(index, wav ? "audio/wav" : "audio/L16;rate=24000", data, Seal.NONE));
        }
    }

    /** Some servers leave the index out and send each call whole (spec mapping §1.7): then an id or a name begins a new one. */
    private void call(JsonObject told, int place, Consumer<? super ReplyEvent> events) {
        boolean custom = told.get("custom") instanceof JsonObject;
        JsonObject body = ReplyJson.object(told, custom ? "custom" : "function");
        String name = ReplyJson.text(body, "name");
        boolean numbered = told.get("index") instanceof JsonNumber;
        int number = numbered ? ReplyJson.whole(told, "index", place) : name.isEmpty() ? calls.size() - 1 : calls.size();
        Call call = calls.get(number);
        if (call == null) {
            if (name.isEmpty()) {
                return; // a piece of no call
            }
            finishCalls(events);
            call = new Call(calls.size(), custom);
            calls.put(number, call);
            shown = true;
            String id = ReplyJson.text(told, "id");
            events.accept(new ReplyEvent.CallStarted(index, call.number, id.isEmpty() ? CallIds.next() : id, names.declared(name),
                    Seal.NONE));
        }
        arguments(call, ReplyJson.text(body, call.custom ? "input" : "arguments"), events);
    }

    private void arguments(Call call, String more, Consumer<? super ReplyEvent> events) {
        if (call.custom) {
            call.input.append(more);
        } else if (!more.isEmpty()) {
            call.told = true;
            events.accept(new ReplyEvent.CallArguments(index, call.number, more));
        }
    }

    /** A call without arguments still has an object of them; a custom tool's text becomes one. */
    private void finishCalls(Consumer<? super ReplyEvent> events) {
        for (Call call : calls.values()) {
            if (!call.told) {
                call.told = true;
                String json = call.custom ? Json.objectBuilder().add(OpenAiTools.CUSTOM_INPUT, call.input.toString()).build().toString()
                        : "{}";
                events.accept(new ReplyEvent.CallArguments(index, call.number, json));
            }
        }
    }

    private void source(JsonValue annotation) {
        if (annotation instanceof JsonObject object && object.get("url_citation") instanceof JsonObject cited) {
            sources.add(new ReplyEvent.Cited(index, ReplyJson.whole(cited, "start_index", 0), ReplyJson.whole(cited, "end_index", 0),
                    ReplyJson.text(cited, "url"), ReplyJson.text(cited, "title")));
        }
    }

    void end(Consumer<? super ReplyEvent> events) {
        finishCalls(events);
        sources.forEach(events);
        if (reason.isEmpty()) {
            return;
        }
        if (!refusal.isEmpty() && !shown) {
            events.accept(new ReplyEvent.Refused("refusal", refusal.toString()));
            return;
        }
        FinishReason finish = OpenAiOptions.reason(reason);
        events.accept(new ReplyEvent.Finished(index, finish, finish == FinishReason.OTHER ? reason : ""));
    }
}
