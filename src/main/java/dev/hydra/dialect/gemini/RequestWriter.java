package dev.hydra.dialect.gemini;

import dev.hydra.conversation.Conversation;
import dev.hydra.conversation.Format;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.Tool;
import dev.hydra.conversation.Turn;
import dev.hydra.dialect.FormatInstruction;
import dev.hydra.dialect.FunctionNames;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.wire.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Puts one request together: its parts as small trees, its contents streamed, since they may hold megabytes of pictures. */
final class RequestWriter {
    /** The service tiers of the Gemini API. */
    static final Set<String> TIERS = Set.of("standard", "flex", "priority");

    /** What Gemini takes in names besides letters, digits and {@code _}. */
    static final String PUNCTUATION = ".:-";

    private final Conversation conversation;
    private final ModelFamily family;
    private final FunctionNames names;
    private final Set<String> ignored = new LinkedHashSet<>();

    RequestWriter(Conversation conversation, String model) {
        this.conversation = conversation;
        this.family = ModelFamily.of(model);
        this.names = new FunctionNames(family.maxNameLength(), PUNCTUATION);
    }

    GeminiRequest write() {
        OwnFields own = new OwnFields(conversation.options().google(), ignored);
        boolean cached = !own.cachedContent().isEmpty();
        ToolSection tools = cached ? cachedTools() : ToolSection.of(conversation, family, names, ignored);
        boolean constrained = constrained(tools);
        List<Part.Text> system = cached ? cachedSystem() : system(constrained);
        List<Turn> turns = turns();
        List<Content> contents = TurnGrammar.of(turns, family, ignored);
        if (contents.isEmpty() && system.isEmpty() && turns.isEmpty()) {
            throw new InvalidRequest("messages", "there must be at least one message");
        }
        if (!system.isEmpty() && (contents.isEmpty() || family.foldsSystem())) {
            foldSystem(system, contents);
            system = List.of();
        } else if (contents.isEmpty()) {
            contents.add(new Content(Turn.Role.USER, List.of(new Content.Plain(new Part.Text(" "), ""))));
        }
        JsonObject generation = own.generationConfig(GenerationConfig.of(conversation, family, constrained, ignored), family);
        ByteArrayOutputStream body = new ByteArrayOutputStream(estimatedSize());
        try (JsonGenerator out = Json.generator(body)) {
            out.writeStartObject();
            ContentWriter contentWriter = new ContentWriter(out, family, names);
            contentWriter.contents(contents);
            if (!system.isEmpty()) {
                contentWriter.system(system);
            }
            write(out, "tools", cached ? tools.tools() : joined(tools.tools(), own.tools()));
            write(out, "toolConfig", cached ? tools.config() : own.toolConfig(tools.config()));
            write(out, "safetySettings", own.safetySettings());
            write(out, "generationConfig", generation);
            write(out, "cachedContent", own.cachedContent());
            write(out, "serviceTier", own.serviceTier().isEmpty() ? tier() : own.serviceTier());
            out.writeEnd();
        }
        return new GeminiRequest(body.toByteArray(), List.copyOf(ignored), names, ArgumentTypes.of(conversation.tools()),
                conversation.options().parallelCalls());
    }

    /** With a cached content, tools and system belong in the cache: beside it they are a 400. */
    private ToolSection cachedTools() {
        if (!conversation.tools().isEmpty()) {
            ignored.add("tools");
            for (Tool tool : conversation.tools()) { // the model may still call them, by the names that the cache holds
                if (tool instanceof Tool.Function function) {
                    names.written(function.name());
                }
            }
        }
        return ToolSection.none();
    }

    private List<Part.Text> cachedSystem() {
        if (!conversation.system().isEmpty()) {
            ignored.add("system");
        }
        return List.of();
    }

    /** Up to 2.5 a JSON format beside tools is a 400: the tools win and the model is told of the format instead. */
    private boolean constrained(ToolSection tools) {
        Format format = conversation.options().format();
        boolean refused = !(format instanceof Format.Plain) && !family.isNewest() && (tools.functions() || tools.hosted());
        if (refused) {
            ignored.add("response_format");
        }
        return !refused;
    }

    private List<Part.Text> system(boolean constrained) {
        List<Part.Text> texts = new ArrayList<>();
        for (Part part : conversation.system()) {
            if (part instanceof Part.Text text && !text.text().isEmpty()) {
                texts.add(text);
            }
        }
        if (!constrained) {
            texts.add(new Part.Text(FormatInstruction.of(conversation.options().format())));
        }
        return texts;
    }

    /** The turns; media of the system, which takes only text, come first. */
    private List<Turn> turns() {
        List<Part> media = conversation.system().stream().filter(Part.Media.class::isInstance).toList();
        if (media.isEmpty()) {
            return conversation.turns();
        }
        List<Turn> turns = new ArrayList<>(conversation.turns().size() + 1);
        turns.add(new Turn(Turn.Role.USER, media));
        turns.addAll(conversation.turns());
        return turns;
    }

    private static void foldSystem(List<Part.Text> system, List<Content> contents) {
        List<Content.Piece> pieces = new ArrayList<>();
        system.forEach(text -> pieces.add(new Content.Plain(text, "")));
        if (!contents.isEmpty() && contents.getFirst().role() == Turn.Role.USER) {
            pieces.addAll(contents.removeFirst().pieces());
        }
        contents.addFirst(new Content(Turn.Role.USER, pieces));
    }

    private String tier() {
        String tier = conversation.options().serviceTier();
        return TIERS.contains(tier) ? tier : "";
    }

    private static JsonArray joined(JsonArray first, JsonArray second) {
        if (second.isEmpty()) {
            return first;
        }
        JsonArrayBuilder all = Json.arrayBuilder();
        first.forEach(all::add);
        second.forEach(all::add);
        return all.build();
    }

    private static void write(JsonGenerator out, String name, JsonArray value) {
        if (!value.isEmpty()) {
            out.write(name, (JsonValue) value);
        }
    }

    private static void write(JsonGenerator out, String name, JsonObject value) {
        if (!value.isEmpty()) {
            out.write(name, (JsonValue) value);
        }
    }

    private static void write(JsonGenerator out, String name, String value) {
        if (!value.isEmpty()) {
            out.write(name, value);
        }
    }

    /** Enough for the whole body in the common case, so that the buffer does not grow while a picture is written. */
    private int estimatedSize() {
        long size = 1024;
        for (Turn turn : conversation.turns()) {
            for (Part part : turn.parts()) {
                size += size(part);
            }
        }
        for (Part part : conversation.system()) {
            size += size(part);
        }
        return (int) Math.min(size + 1024L * conversation.tools().size(), Integer.MAX_VALUE - 64L);
    }

    private static long size(Part part) {
        return 64 + switch (part) {
            case Part.Text text -> text.text().length() + text.text().length() / 8 + text.seal().value().length();
            case Part.Thought thought -> thought.text().length() + thought.seal().value().length();
            case Part.Media media when media.source() instanceof Part.Source.Inline(var base64) -> base64.length();
            case Part.Media media -> 256;
            case Part.ToolCall call -> 256 + call.seal().value().length();
            case Part.ToolResult result -> result.content().stream().mapToLong(RequestWriter::size).sum();
            case Part.Foreign foreign -> 1024;
        };
    }
}
