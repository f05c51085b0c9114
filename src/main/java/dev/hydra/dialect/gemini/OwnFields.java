package dev.hydra.dialect.gemini;

import dev.hydra.wire.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Fields of a Gemini request that a client gave as such ({@code extra_body.google}, spec mapping §1.7). They win over what was translated.
 * Only known names pass: one unknown field is a 400 for the whole request.
 */
final class OwnFields {
    private static final Set<String> GENERATION = Set.of("stopSequences", "responseMimeType", "responseSchema", "responseJsonSchema",
            "responseModalities", "candidateCount", "maxOutputTokens", "temperature", "topP", "topK", "seed", "presencePenalty",
            "frequencyPenalty", "responseLogprobs", "logprobs", "enableEnhancedCivicAnswers", "speechConfig", "thinkingConfig",
            "imageConfig", "mediaResolution", "audioTranscriptionConfig", "translationConfig");
    private static final Set<String> IMAGE = Set.of("aspectRatio", "imageSize");
    private static final Set<String> REQUEST = Set.of("generationConfig", "safetySettings", "cachedContent", "toolConfig", "tools",
            "serviceTier");

    private final JsonObject given;

    OwnFields(JsonObject given, Set<String> ignored) {
        this.given = given;
        for (String name : given.keySet()) {
            if (!GENERATION.contains(name) && !IMAGE.contains(name) && !REQUEST.contains(name)) {
                ignored.add("google." + name);
            }
        }
        for (String name : Members.object(given, "generationConfig").keySet()) {
            if (!GENERATION.contains(name)) {
                ignored.add("google.generationConfig." + name);
            }
        }
    }

    /** The name of a cached content that holds the beginning of the conversation; empty when there is none. */
    String cachedContent() {
        return Members.text(given, "cachedContent");
    }

    String serviceTier() {
        return Members.text(given, "serviceTier");
    }

    /** Further tool objects, as the client wrote them. */
    JsonArray tools() {
        return Members.array(given, "tools");
    }

    JsonObject toolConfig(JsonObject translated) {
        return merged(translated, Members.object(given, "toolConfig"));
    }

    /** The same category twice is a 400: the last one counts. */
    JsonArray safetySettings() {
        Map<String, JsonValue> byCategory = new LinkedHashMap<>();
        for (JsonValue setting : Members.array(given, "safetySettings")) {
            if (setting instanceof JsonObject object) {
                byCategory.put(Members.text(object, "category"), object);
            }
        }
        JsonArrayBuilder settings = Json.arrayBuilder();
        byCategory.values().forEach(settings::add);
        return settings.build();
    }

    JsonObject generationConfig(JsonObject translated, ModelFamily family) {
        JsonObjectBuilder own = Json.objectBuilder();
        JsonObjectBuilder image = Json.objectBuilder();
        given.forEach((name, value) -> {
            if (GENERATION.contains(name)) {
                own.add(name, value);
            } else if (IMAGE.contains(name)) {
                image.add(name, value);
            }
        });
        JsonObject imageConfig = merged(image.build(), Members.object(given, "imageConfig"));
        if (!imageConfig.isEmpty()) {
            own.add("imageConfig", imageConfig);
        }
        JsonObject nested = Members.object(given, "generationConfig");
        JsonObjectBuilder known = Json.objectBuilder();
        nested.forEach((name, value) -> {
            if (GENERATION.contains(name)) {
                known.add(name, value);
            }
        });
        JsonObject wanted = merged(own.build(), known.build());
        return wanted.isEmpty() ? translated : reconciled(merged(translated, wanted), translated, wanted, family);
    }

    /** Keeps out pairs of fields that Gemini refuses together. */
    private static JsonObject reconciled(JsonObject merged, JsonObject translated, JsonObject wanted, ModelFamily family) {
        JsonObjectBuilder result = Json.objectBuilder(merged);
        JsonObject thinking = Members.object(wanted, "thinkingConfig");
        if (!thinking.isEmpty()) {
            boolean setsAmount = thinking.containsKey("thinkingBudget") || thinking.containsKey("thinkingLevel");
            JsonObject kept = Members.object(translated, "thinkingConfig");
            JsonObjectBuilder base = Json.objectBuilder(kept);
            if (setsAmount) {
                base.remove("thinkingBudget").remove("thinkingLevel");
            }
            result.add("thinkingConfig", ThinkingConfig.own(merged(base.build(), thinking), family));
        }
        if (wanted.containsKey("responseSchema")) {
            result.remove("responseJsonSchema");
        } else if (wanted.containsKey("responseJsonSchema")) {
            result.remove("responseSchema");
        }
        return result.build();
    }

    /** {@code over} on top of {@code base}; objects member by member. */
    static JsonObject merged(JsonObject base, JsonObject over) {
        if (over.isEmpty()) {
            return base;
        }
        JsonObjectBuilder result = Json.objectBuilder(base);
        over.forEach((name, value) -> {
            if (value instanceof JsonObject object && base.get(name) instanceof JsonObject beneath) {
                result.add(name, merged(beneath, object));
            } else {
                result.add(name, value);
            }
        });
        return result.build();
    }
}
