package dev.hydra.dialect.gemini;

import dev.hydra.conversation.Thinking;
import dev.hydra.dialect.BodyScan;
import dev.hydra.dialect.CamelCase;
import dev.hydra.dialect.ModelSuffix;
import dev.hydra.wire.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A client's body with what the suffixes of its model ask for; the one case in which a body in Gemini's own format is written anew. */
final class SuffixedBody {
    private static final String CONFIG = "generationConfig";

    private static final Thinking LITTLE = new Thinking(new Thinking.Amount.Off(), Optional.of(false));

    private SuffixedBody() {
    }

    static byte[] of(byte[] body, String model, Set<ModelSuffix> suffixes) {
        JsonObject request = BodyScan.object(body);
        for (ModelSuffix suffix : suffixes) {
            request = switch (suffix) {
                case SEARCH -> searching(request);
                case IMAGE -> configured(request, "responseModalities", Json.arrayBuilder().add("TEXT").add("IMAGE").build());
                case NON_THINKING ->
                    configured(request, "thinkingConfig", ThinkingConfig.of(LITTLE, ModelFamily.of(model), new HashSet<>()));
            };
        }
        return Json.bytes(request);
    }

    private static JsonObject searching(JsonObject request) {
        JsonArrayBuilder tools = Json.arrayBuilder();
        boolean there = false;
        for (JsonValue tool : tools(request)) {
            tools.add(tool);
            there |= tool instanceof JsonObject object && object.keySet().stream().map(CamelCase::name).anyMatch("googleSearch"::equals);
        }
        if (!there) {
            tools.add(Json.objectBuilder().add("googleSearch", JsonValue.EMPTY_JSON_OBJECT));
        }
        return Json.objectBuilder(request).add("tools", tools).build();
    }

    /** Google takes one value where a list belongs (spec mapping §11). */
    private static JsonArray tools(JsonObject request) {
        return switch (request.get("tools")) {
            case JsonArray list -> list;
            case JsonObject one -> Json.arrayBuilder().add(one).build();
            case null, default -> JsonValue.EMPTY_JSON_ARRAY;
        };
    }

    /** The name decides over what the body says. @param value an empty object leaves the field out: the model knows no such thing */
    private static JsonObject configured(JsonObject request, String field, JsonValue value) {
        JsonObjectBuilder config = Json.objectBuilder();
        JsonObjectBuilder changed = Json.objectBuilder();
        request.forEach((name, member) -> {
            if (!CamelCase.name(name).equals(CONFIG)) {
                changed.add(name, member);
            } else if (member instanceof JsonObject said) {
                said.forEach((key, option) -> {
                    if (!CamelCase.name(key).equals(field)) {
                        config.add(key, option);
                    }
                });
            }
        });
        if (!JsonValue.EMPTY_JSON_OBJECT.equals(value)) {
            config.add(field, value);
        }
        return changed.add(CONFIG, config).build();
    }
}
