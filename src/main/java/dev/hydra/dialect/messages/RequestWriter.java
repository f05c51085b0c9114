package dev.hydra.dialect.messages;

import dev.hydra.conversation.Conversation;
import dev.hydra.conversation.Format;
import dev.hydra.conversation.Options;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.Sampling;
import dev.hydra.conversation.Turn;
import dev.hydra.dialect.FormatInstruction;
import dev.hydra.dialect.FunctionNames;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.wire.Json;
import jakarta.json.stream.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Puts one request for Anthropic together (spec mapping §6.1 read backwards, §9). */
final class RequestWriter {
    /** Anthropic demands a limit; this much every model gives that is not retired. */
    private static final int USUAL_TOKENS = 8192;
    private static final int LONGEST_NAME = 64;

    private final Conversation conversation;
    private final Options options;
    private final String model;
    private final FunctionNames names = new FunctionNames(LONGEST_NAME, "-");
    private final Set<String> ignored = new LinkedHashSet<>();

    RequestWriter(Conversation conversation, String model) {
        this.conversation = conversation;
        this.options = conversation.options();
        this.model = model;
    }

    ProvidersRequest write() {
        if (options.candidates() > 1) {
            throw new InvalidRequest("n", "n must be 1 for Anthropic's models: they give one answer");
        }
        List<ProvidersTurns.Message> messages = ProvidersTurns.of(turns(), ignored);
        if (messages.isEmpty()) {
            throw new InvalidRequest("messages", "there must be at least one message that says something");
        }
        int maxTokens = options.maxTokens().orElse(USUAL_TOKENS);
        ThinkingWish thinking = ThinkingWish.of(conversation, messages, Claude.of(model), maxTokens, ignored);
        ByteArrayOutputStream body = new ByteArrayOutputStream(1024);
        try (JsonGenerator out = Json.generator(body)) {
            out.writeStartObject().write("model", model).write("max_tokens", Math.max(maxTokens, thinking.leastTokens()));
            system(out);
            new BlockWriter(out, names).messages(messages);
            new ToolFields(conversation, names, ignored).write(out);
            thinking.write(out);
            sampling(out, thinking.isOn());
            others(out);
            out.writeEnd();
        }
        return new ProvidersRequest(body.toByteArray(), List.copyOf(ignored), names);
    }

    /** The turns; with nothing but system text, this is what the user says. */
    private List<Turn> turns() {
        return conversation.turns().isEmpty() ? List.of(new Turn(Turn.Role.USER, conversation.system())) : conversation.turns();
    }

    private void system(JsonGenerator out) {
        List<String> texts = new ArrayList<>();
        for (Part part : conversation.turns().isEmpty() ? List.<Part>of() : conversation.system()) {
            if (part instanceof Part.Text text && !text.text().isBlank()) {
                texts.add(text.text());
            } else if (!(part instanceof Part.Text)) {
                ignored.add("system");
            }
        }
        if (!(options.format() instanceof Format.Plain)) {
            // Anthropic's own field takes a small part of JSON Schema and refuses the rest: words keep the whole of it.
            texts.add(FormatInstruction.of(options.format()));
        }
        if (!texts.isEmpty()) {
            out.writeStartArray("system");
            texts.forEach(text -> out.writeStartObject().write("type", "text").write("text", text).writeEnd());
            out.writeEnd();
        }
    }

    /** With thinking the temperature must be 1, and {@code top_k} is a 400; newer models refuse {@code top_p} beside a temperature. */
    private void sampling(JsonGenerator out, boolean thinks) {
        Sampling sampling = options.sampling();
        boolean warm = sampling.temperature().isPresent() && !thinks;
        if (warm) {
            out.write("temperature", Math.clamp(sampling.temperature().getAsDouble(), 0, 1));
        }
        note(sampling.temperature().isPresent() && (thinks || sampling.temperature().getAsDouble() > 1), "temperature");
        boolean takesTopP = sampling.topP().isPresent() && !warm && !thinks;
        if (takesTopP) {
            out.write("top_p", sampling.topP().getAsDouble());
        }
        note(sampling.topP().isPresent() && !takesTopP, "top_p");
        if (sampling.topK().isPresent() && !thinks) {
            out.write("top_k", sampling.topK().getAsInt());
        }
        note(sampling.topK().isPresent() && thinks, "top_k");
        note(sampling.seed().isPresent(), "seed");
        note(sampling.presencePenalty().orElse(0) != 0, "presence_penalty");
        note(sampling.frequencyPenalty().orElse(0) != 0, "frequency_penalty");
    }

    private void others(JsonGenerator out) {
        List<String> stops = options.stop().stream().filter(stop -> !stop.isBlank()).toList();
        note(stops.size() < options.stop().size(), "stop");
        if (!stops.isEmpty()) {
            out.writeStartArray("stop_sequences");
            stops.forEach(out::write);
            out.writeEnd();
        }
        if (options.serviceTier().equals("standard")) {
            out.write("service_tier", "standard_only");
        }
        note(options.serviceTier().equals("flex"), "service_tier");
        note(options.topLogprobs().isPresent(), "logprobs");
        note(options.modalities().contains("image") || options.modalities().contains("audio"), "modalities");
        options.google().keySet().forEach(name -> ignored.add("google." + name));
    }

    private void note(boolean lost, String name) {
        if (lost) {
            ignored.add(name);
        }
    }
}
