package dev.hydra.dialect.gemini;

import dev.hydra.conversation.Conversation;
import dev.hydra.conversation.Format;
import dev.hydra.conversation.Options;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.Sampling;
import dev.hydra.conversation.Turn;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.dialect.gemini.ModelFamily.Kind;
import dev.hydra.wire.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/** {@code generationConfig} by spec mapping §1.5 and §1.6. */
final class GenerationConfig {
    private static final int MAX_STOPS = 5;
    private static final int MAX_CANDIDATES = 8;
    private static final int MAX_LOGPROBS = 20;

    private final Options options;
    private final ModelFamily family;
    private final Set<String> ignored;
    private final JsonObjectBuilder config = Json.objectBuilder();

    private GenerationConfig(Options options, ModelFamily family, Set<String> ignored) {
        this.options = options;
        this.family = family;
        this.ignored = ignored;
    }

    /** @param constrained whether the answer's format is set here; else {@link #instruction} must tell the model */
    static JsonObject of(Conversation conversation, ModelFamily family, boolean constrained, Set<String> ignored) {
        GenerationConfig writer = new GenerationConfig(conversation.options(), family, ignored);
        writer.sampling();
        writer.lengths();
        writer.logprobs();
        if (constrained) {
            writer.format();
        }
        writer.modalities();
        writer.resolution(conversation.turns());
        JsonObject thinking = ThinkingConfig.of(conversation.options().thinking(), family, ignored);
        if (!thinking.isEmpty()) {
            writer.config.add("thinkingConfig", thinking);
        }
        return writer.config.build();
    }

    private void sampling() {
        Sampling sampling = options.sampling();
        sampling.temperature().ifPresent(value -> config.add("temperature", finite(value, "temperature")));
        sampling.topP().ifPresent(value -> config.add("topP", finite(value, "top_p")));
        sampling.topK().ifPresent(value -> config.add("topK", value));
        sampling.seed().ifPresent(value -> config.add("seed", (int) (value & Integer.MAX_VALUE))); // int64 to int32
        penalty("presencePenalty", "presence_penalty", sampling.presencePenalty());
        penalty("frequencyPenalty", "frequency_penalty", sampling.frequencyPenalty());
    }

    private static double finite(double value, String field) {
        if (!Double.isFinite(value)) {
            throw new InvalidRequest(field, field + " must be a finite number");
        }
        return value;
    }

    /** "Penalty is not enabled for this model" from 2.5 on, for any value but 0. */
    private void penalty(String field, String clients, OptionalDouble value) {
        if (value.isEmpty() || value.getAsDouble() == 0) {
            return;
        }
        if (family.isOld()) {
            config.add(field, finite(value.getAsDouble(), clients));
        } else {
            ignored.add(clients);
        }
    }

    /** More than the model gives would be a 400, and clients ask for a million (spec clients §6.7). */
    private void maxOutputTokens(int wanted) {
        config.add("maxOutputTokens", Math.min(wanted, family.maxOutputTokens()));
        if (wanted > family.maxOutputTokens()) {
            ignored.add("max_tokens");
        }
    }

    private void lengths() {
        options.maxTokens().ifPresent(this::maxOutputTokens);
        if (options.candidates() > MAX_CANDIDATES) {
            throw new InvalidRequest("n", "n must be at most " + MAX_CANDIDATES + " for Gemini models");
        }
        if (options.candidates() > 1) {
            config.add("candidateCount", options.candidates());
        }
        List<String> stops = options.stop().stream().filter(stop -> !stop.isEmpty()).distinct().toList();
        if (stops.size() > MAX_STOPS) {
            ignored.add("stop");
        }
        if (!stops.isEmpty()) {
            JsonArrayBuilder array = Json.arrayBuilder();
            stops.stream().limit(MAX_STOPS).forEach(array::add);
            config.add("stopSequences", array);
        }
        if (!options.serviceTier().isEmpty() && !RequestWriter.TIERS.contains(options.serviceTier())) {
            ignored.add("service_tier");
        }
    }

    private void logprobs() {
        if (options.topLogprobs().isEmpty()) {
            return;
        }
        if (family.kind() != Kind.CHAT || family.thinks() instanceof ModelFamily.Thinks.ByBudget budget && !budget.byDefault()) {
            ignored.add("logprobs"); // "Logprobs is not enabled for models/gemini-2.5-flash-lite"
            return;
        }
        config.add("responseLogprobs", true);
        int alternatives = Math.min(options.topLogprobs().getAsInt(), MAX_LOGPROBS);
        if (alternatives > 0) {
            config.add("logprobs", alternatives);
        }
    }

    private void format() {
        switch (options.format()) {
            case Format.Plain plain -> {
            }
            case Format.AnyJson any -> config.add("responseMimeType", "application/json");
            case Format.Schema(var name, var description, var schema, var strict) -> {
                config.add("responseMimeType", "application/json");
                if (family.isOld()) {
                    config.add("responseSchema", OpenApiSchema.of(schema));
                } else {
                    config.add("responseJsonSchema", JsonSchema.of(schema));
                }
            }
        }
    }

    private void modalities() {
        Set<String> wanted = new TreeSet<>(options.modalities());
        boolean speaks = family.kind() == Kind.SPEECH;
        if (wanted.remove("audio")) {
            if (speaks) {
                wanted.remove("text"); // a speech model makes nothing else
                wanted.add("audio");
            } else {
                ignored.add("modalities.audio");
            }
        }
        if (wanted.contains("audio") || wanted.contains("image")) {
            JsonArrayBuilder array = Json.arrayBuilder();
            wanted.stream().map(word -> word.toUpperCase(Locale.ROOT)).sorted(java.util.Comparator.reverseOrder()).forEach(array::add);
            config.add("responseModalities", array);
        }
        if (!options.voice().isEmpty()) {
            if (speaks) {
                config.add("speechConfig", Json.objectBuilder().add("voiceConfig", Json.objectBuilder().add("prebuiltVoiceConfig",
                        Json.objectBuilder().add("voiceName", Voices.named(options.voice())))));
            } else {
                ignored.add("audio.voice");
            }
        }
    }

    /** Before Gemini 3 the resolution is one for the whole request: set only where every medium asks for it. */
    private void resolution(List<Turn> turns) {
        if (family.isNewest()) {
            return;
        }
        Set<String> wanted = new TreeSet<>();
        for (Turn turn : turns) {
            for (Part part : turn.parts()) {
                if (part instanceof Part.Media media) {
                    wanted.add(ContentWriter.resolution(media.detail()));
                }
            }
        }
        wanted.remove("MEDIA_RESOLUTION_ULTRA_HIGH");
        if (wanted.size() == 1 && !wanted.contains("") && !family.isOld()) {
            config.add("mediaResolution", wanted.iterator().next());
        } else if (wanted.size() > 1 || family.isOld() && !wanted.isEmpty() && !wanted.contains("")) {
            ignored.add("image_url.detail");
        }
    }
}
