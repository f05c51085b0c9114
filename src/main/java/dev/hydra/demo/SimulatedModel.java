package dev.hydra.demo;

import dev.hydra.wire.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Optional;

/**
 * A model of the simulation.
 *
 * @param id               without {@code models/}
 * @param displayName      for people
 * @param inputTokenLimit  most tokens of a request
 * @param outputTokenLimit most tokens of a reply
 * @param methods          supportedGenerationMethods
 * @param thinking         how its thinking is controlled
 */
public record SimulatedModel(String id, String displayName, int inputTokenLimit, int outputTokenLimit, List<String> methods,
        Thinking thinking) {
    private static final List<String> CHAT = List.of("generateContent", "countTokens", "createCachedContent", "batchGenerateContent");
    private static final List<String> MAKING = List.of("generateContent", "countTokens");
    private static final List<String> EMBEDDING = List.of("embedContent", "countTextTokens", "countTokens", "asyncBatchEmbedContent");

    /** The models of the demo, in the order of the list. */
    public static final List<SimulatedModel> DEMO = List.of(
            chat("gemini-2.5-pro", "Gemini 2.5 Pro", new Thinking(List.of(), 128, 32_768, false, true)),
            chat("gemini-2.5-flash", "Gemini 2.5 Flash", new Thinking(List.of(), 1, 24_576, true, true)),
            chat("gemini-2.5-flash-lite", "Gemini 2.5 Flash-Lite", new Thinking(List.of(), 512, 24_576, true, false)),
            chat("gemini-3-flash-preview", "Gemini 3 Flash Preview", Thinking.levels("MINIMAL", "LOW", "MEDIUM", "HIGH")),
            chat("gemini-3.1-pro-preview", "Gemini 3.1 Pro Preview", Thinking.levels("LOW", "MEDIUM", "HIGH")),
            chat("gemini-3.8-flash", "Gemini 3.8 Flash", Thinking.levels("LOW", "MEDIUM", "HIGH")),
            chat("gemini-pro-latest", "Gemini Pro Latest", Thinking.levels("LOW", "MEDIUM", "HIGH")),
            chat("gemini-flash-latest", "Gemini Flash Latest", Thinking.levels("LOW", "MEDIUM", "HIGH")),
            chat("gemini-flash-lite-latest", "Gemini Flash-Lite Latest", Thinking.levels("MINIMAL", "LOW", "MEDIUM", "HIGH")),
            new SimulatedModel("gemini-2.5-flash-image", "Gemini 2.5 Flash Image", 32_768, 32_768, MAKING, Thinking.NONE),
            new SimulatedModel("gemini-2.5-flash-preview-tts", "Gemini 2.5 Flash Preview TTS", 8192, 16_384, MAKING, Thinking.NONE),
            new SimulatedModel("gemini-embedding-001", "Gemini Embedding 001", 2048, 1, EMBEDDING, Thinking.NONE));

    /**
     * Limits on thinkingConfig (spec mapping §1.6).
     *
     * @param levels     thinkingLevel values, upper case; empty where the model takes none
     * @param minBudget  smallest thinkingBudget above 0
     * @param maxBudget  largest thinkingBudget; 0 means that the model does not think
     * @param canBeOff   whether a budget of 0 is accepted
     * @param onByDefault whether it thinks when nothing is said
     */
    public record Thinking(List<String> levels, int minBudget, int maxBudget, boolean canBeOff, boolean onByDefault) {
        static final Thinking NONE = new Thinking(List.of(), 0, 0, true, false);

        static Thinking levels(String... levels) {
            return new Thinking(List.of(levels), 1, 32_768, true, true);
        }
    }

    /** What a model answers with. */
    enum Makes {
        TEXT, PICTURES, SPEECH
    }

    /** A chat model of the newest generation with the usual limits, for tests that need a name of their own. */
    public static SimulatedModel chat(String id) {
        return chat(id, id, Thinking.levels("MINIMAL", "LOW", "MEDIUM", "HIGH"));
    }

    private static SimulatedModel chat(String id, String displayName, Thinking thinking) {
        return new SimulatedModel(id, displayName, 1_048_576, 65_536, CHAT, thinking);
    }

    /** Whether it is older than Gemini 3; unknown names count as newest (spec mapping §0.1). */
    boolean beforeGemini3() {
        return id.startsWith("gemini-1") || id.startsWith("gemini-2");
    }

    /** What it answers with, which its name tells. */
    Makes makes() {
        return id.endsWith("-tts") ? Makes.SPEECH : id.contains("-image") ? Makes.PICTURES : Makes.TEXT;
    }

    JsonObject json() {
        JsonObjectBuilder model = Json.objectBuilder().add("name", "models/" + id).add("version", "001")
                .add("displayName", displayName).add("description", displayName + " (simulated)")
                .add("inputTokenLimit", inputTokenLimit).add("outputTokenLimit", outputTokenLimit)
                .add("supportedGenerationMethods", array(methods));
        if (methods.contains("generateContent")) {
            model.add("temperature", 1).add("topP", 0.95).add("topK", 64).add("maxTemperature", 2);
        }
        if (thinking.maxBudget() > 0) {
            model.add("thinking", true);
        }
        return model.build();
    }

    private static JsonArrayBuilder array(List<String> texts) {
        JsonArrayBuilder array = Json.arrayBuilder();
        texts.forEach(array::add);
        return array;
    }

    static Optional<SimulatedModel> find(List<SimulatedModel> models, String id) {
        for (SimulatedModel model : models) {
            if (model.id.equals(id)) {
                return Optional.of(model);
            }
        }
        return Optional.empty();
    }
}
