package dev.hydra.dialect.gemini;

import dev.hydra.conversation.Conversation;
import dev.hydra.conversation.Format;
import dev.hydra.conversation.Options;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.ReplyEvent;
import dev.hydra.conversation.Sampling;
import dev.hydra.conversation.Seal;
import dev.hydra.conversation.Thinking;
import dev.hydra.conversation.Tool;
import dev.hydra.conversation.ToolChoice;
import dev.hydra.conversation.Turn;
import dev.hydra.dialect.ProviderRequest;
import dev.hydra.dialect.ReplyReader;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Short words for conversations, requests and replies. */
final class Talks {
    static final String V25 = "gemini-2.5-flash";
    static final String V3 = "gemini-3-flash-preview";
    static final String V20 = "gemini-2.0-flash";
    static final GeminiDialect GEMINI = new GeminiDialect();

    private Talks() {
    }

    static JsonObject json(String singleQuoted) {
        return Json.object(singleQuoted.replace('\'', '"'));
    }

    static Part text(String text) {
        return new Part.Text(text);
    }

    static Turn user(String text) {
        return user(text(text));
    }

    static Turn user(Part... parts) {
        return new Turn(Turn.Role.USER, List.of(parts));
    }

    static Turn model(Part... parts) {
        return new Turn(Turn.Role.MODEL, List.of(parts));
    }

    static Part.ToolCall call(String id, String name) {
        return new Part.ToolCall(id, name, JsonValue.EMPTY_JSON_OBJECT, Seal.NONE);
    }

    static Part.ToolCall signed(String id, String name, String signature) {
        return new Part.ToolCall(id, name, JsonValue.EMPTY_JSON_OBJECT, Seal.gemini(signature));
    }

    static Part result(String id, String text) {
        return new Part.ToolResult(id, "", List.of(text(text)), false);
    }

    static Part image(String mime, String detail) {
        return new Part.Media(mime, new Part.Source.Inline("iVBORw0KGgoAAAANSUhEUg=="), detail, "", JsonValue.EMPTY_JSON_OBJECT, Seal.NONE);
    }

    static Part link(String uri) {
        return new Part.Media("", new Part.Source.Link(uri), "", "", JsonValue.EMPTY_JSON_OBJECT, Seal.NONE);
    }

    static Tool function(String name, String schema) {
        return new Tool.Function(name, "does " + name, json(schema), false);
    }

    static Conversation talk(Turn... turns) {
        return new Conversation(List.of(), List.of(turns), List.of(), ToolChoice.UNSET, Options.UNSET);
    }

    static Conversation with(List<Tool> tools, ToolChoice choice) {
        return new Conversation(List.of(), List.of(user("hi")), tools, choice, Options.UNSET);
    }

    static Conversation with(Options options, Tool... tools) {
        return new Conversation(List.of(), List.of(user("hi")), List.of(tools), ToolChoice.UNSET, options);
    }

    static Options sampling(Sampling sampling) {
        Options u = Options.UNSET;
        return new Options(sampling, u.thinking(), u.format(), u.maxTokens(), u.stop(), 1, u.topLogprobs(), true, List.of(), "", "",
                u.google());
    }

    static Options thinking(Thinking.Amount amount, boolean show) {
        Options u = Options.UNSET;
        return new Options(u.sampling(), new Thinking(amount, java.util.Optional.of(show)), u.format(), u.maxTokens(), u.stop(), 1,
                u.topLogprobs(), true, List.of(), "", "", u.google());
    }

    static Options format(Format format) {
        Options u = Options.UNSET;
        return new Options(u.sampling(), u.thinking(), format, u.maxTokens(), u.stop(), 1, u.topLogprobs(), true, List.of(), "", "",
                u.google());
    }

    static Options google(Thinking.Amount amount, String fields) {
        Options u = Options.UNSET;
        return new Options(u.sampling(), new Thinking(amount, java.util.Optional.empty()), u.format(), u.maxTokens(), u.stop(), 1,
                u.topLogprobs(), true, List.of(), "", "", json(fields));
    }

    static Options lengths(int maxTokens, List<String> stop, int candidates) {
        Options u = Options.UNSET;
        return new Options(u.sampling(), u.thinking(), u.format(), OptionalInt.of(maxTokens), stop, candidates, u.topLogprobs(), true,
                List.of(),
                "", "", u.google());
    }

    static JsonObject body(Conversation conversation, String model) {
        return Json.object(GEMINI.write(conversation, model).body());
    }

    static List<String> ignored(Conversation conversation, String model) {
        return GEMINI.write(conversation, model).ignored();
    }

    /** The events of a reply's messages, its end included. */
    static List<ReplyEvent> events(ProviderRequest request, String... messages) {
        ReplyReader reader = request.reader();
        List<ReplyEvent> events = new ArrayList<>();
        for (String message : messages) {
            byte[] bytes = ("??" + message.replace('\'', '"') + "?").getBytes(StandardCharsets.UTF_8); // only the middle is the message
            reader.read(bytes, 2, bytes.length - 3, events::add);
        }
        reader.end(events::add);
        return events;
    }

    static List<ReplyEvent> events(String... messages) {
        return events(GEMINI.write(talk(user("hi")), V3), messages);
    }

    static <T extends ReplyEvent> List<T> only(Class<T> kind, List<ReplyEvent> events) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
