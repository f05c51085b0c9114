package dev.hydra.upstream;

import dev.hydra.secret.Redaction;
import dev.hydra.secret.Secret;
import dev.hydra.wire.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Optional;
import java.util.Set;

/**
 * The {@code details} of a Google error as Gemini's clients may see them: they tell a day's quota from a minute's by QuotaFailure (spec clients §3). Kinds that
 * are not known stay here, and so does whatever names the key or its project (spec mapping §8.5).
 */
final class GoogleDetails {
    private static final int LONGEST = 32 * 1024;
    private static final Set<String> SHOWN = Set.of("ErrorInfo", "QuotaFailure", "RetryInfo", "Help", "BadRequest", "LocalizedMessage",
            "PreconditionFailure");
    private static final Set<String> PRIVATE = Set.of("consumer", "containerInfo");

    private GoogleDetails() {
    }

    /** The details of an error document without key material; empty when there are none. @param key the key that was used */
    static JsonArray of(byte[] body, Secret key) {
        if (body.length > LONGEST) {
            return JsonValue.EMPTY_JSON_ARRAY;
        }
        JsonArrayBuilder shown = Json.arrayBuilder();
        GoogleErrorReader.document(body).map(error -> error.get("details")).filter(JsonArray.class::isInstance).map(JsonValue::asJsonArray)
                .ifPresent(details -> details.forEach(detail -> shown(detail, key).ifPresent(shown::add)));
        return shown.build();
    }

    private static Optional<JsonObject> shown(JsonValue value, Secret key) {
        if (!(value instanceof JsonObject detail) || !SHOWN.contains(kind(detail))) {
            return Optional.empty();
        }
        JsonObjectBuilder open = Json.objectBuilder(detail);
        if (detail.get("metadata") instanceof JsonObject metadata) {
            JsonObjectBuilder rest = Json.objectBuilder(metadata);
            PRIVATE.forEach(rest::remove);
            open.add("metadata", rest);
        }
        try {
            return Optional.of(Json.object(Redaction.text(open.build().toString(), key)));
        } catch (JsonException cutThrough) {
            return Optional.empty();
        }
    }

    private static String kind(JsonObject detail) {
        String type = detail.getString("@type", "");
        return type.substring(type.lastIndexOf('.') + 1);
    }
}
