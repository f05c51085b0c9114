package dev.hydra.dialect.gemini;

import dev.hydra.conversation.Usage;
import dev.hydra.conversation.Usage.Modalities;
import dev.hydra.wire.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Locale;

/** Reads {@code usageMetadata} (spec mapping §2.3). It is cumulative: the last one of a stream counts, they are never added up. */
final class UsageCounts {
    private UsageCounts() {
    }

    /** Vertex's first chunks hold only {@code trafficType}. */
    static boolean counts(JsonObject metadata) {
        return metadata.containsKey("promptTokenCount") || metadata.containsKey("totalTokenCount")
                || metadata.containsKey("candidatesTokenCount");
    }

    static Usage of(JsonObject metadata) {
        long prompt = Members.whole(metadata, "promptTokenCount");
        long tools = Members.whole(metadata, "toolUsePromptTokenCount");
        long candidates = Members.whole(metadata, "candidatesTokenCount");
        long thoughts = Members.whole(metadata, "thoughtsTokenCount");
        long total = Members.whole(metadata, "totalTokenCount");
        // Old models count thoughts among the candidates: the sum tells.
        long completion = thoughts > 0 && candidates > 0 && total == prompt + tools + candidates ? candidates : candidates + thoughts;
        long sum = prompt + tools + completion;
        return new Usage(prompt + tools, Members.whole(metadata, "cachedContentTokenCount"), completion, thoughts, total > 0 ? total : sum,
                modalities(metadata, "promptTokensDetails", "toolUsePromptTokensDetails"), modalities(metadata, "candidatesTokensDetails"));
    }

    /** Another provider's counts in Gemini's words: thoughts stand beside the candidates' tokens, not among them. */
    static JsonObject written(Usage usage) {
        JsonObjectBuilder counts = Json.objectBuilder().add("promptTokenCount", usage.prompt());
        if (usage.cached() > 0) {
            counts.add("cachedContentTokenCount", usage.cached());
        }
        counts.add("candidatesTokenCount", Math.max(0, usage.completion() - usage.reasoning()));
        if (usage.reasoning() > 0) {
            counts.add("thoughtsTokenCount", usage.reasoning());
        }
        long total = usage.total() > 0 ? usage.total() : usage.prompt() + usage.completion();
        return counts.add("totalTokenCount", total).build();
    }

    /** Empty when it is not told. */
    static String serviceTier(JsonObject metadata) {
        return Members.text(metadata, "serviceTier").toLowerCase(Locale.ROOT);
    }

    private static Modalities modalities(JsonObject metadata, String... lists) {
        long text = 0;
        long image = 0;
        long audio = 0;
        for (String list : lists) {
            for (JsonValue element : Members.array(metadata, list)) {
                if (element instanceof JsonObject detail) {
                    long tokens = Members.whole(detail, "tokenCount");
                    switch (kind(detail.get("modality"))) {
                        case "TEXT", "1" -> text += tokens;
                        case "IMAGE", "VIDEO", "DOCUMENT", "2", "3", "5" -> image += tokens;
                        case "AUDIO", "4" -> audio += tokens;
                        default -> {
                        }
                    }
                }
            }
        }
        return text + image + audio == 0 ? Modalities.NONE : new Modalities(text, image, audio);
    }

    private static String kind(JsonValue modality) {
        return switch (modality) {
            case JsonString text -> text.getString().toUpperCase(Locale.ROOT);
            case JsonNumber number -> number.toString();
            case null, default -> "";
        };
    }
}
