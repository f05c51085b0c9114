package dev.hydra.demo;

import dev.hydra.wire.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/**
 * An error as Google sends it.
 *
 * @param code    HTTP status
 * @param status  canonical status name
 * @param message text for people, which clients also parse
 * @param details typed details, empty for errors that have none
 */
record ApiError(int code, String status, String message, List<JsonObject> details) {
    private static final String TYPE = "type.googleapis.com/google.rpc.";

    static ApiError of(int code, String status, String message) {
        return new ApiError(code, status, message, List.of());
    }

    /** 400 INVALID_ARGUMENT. */
    static ApiError invalid(String message) {
        return of(400, "INVALID_ARGUMENT", message);
    }

    /** Adds an ErrorInfo detail; metadata are name and value in turn. */
    ApiError withReason(String reason, String... metadata) {
        JsonObjectBuilder facts = Json.objectBuilder();
        for (int i = 0; i < metadata.length; i += 2) {
            facts.add(metadata[i], metadata[i + 1]);
        }
        return with(detail("ErrorInfo").add("reason", reason).add("domain", "googleapis.com").add("metadata", facts).build());
    }

    /** Adds the message once more as a LocalizedMessage detail. */
    ApiError localized() {
        return with(detail("LocalizedMessage").add("locale", "en-US").add("message", message).build());
    }

    ApiError with(JsonObject detail) {
        List<JsonObject> all = new ArrayList<>(details);
        all.add(detail);
        return new ApiError(code, status, message, List.copyOf(all));
    }

    static JsonObjectBuilder detail(String type) {
        return Json.objectBuilder().add("@type", TYPE + type);
    }

    JsonObject json() {
        JsonObjectBuilder error = Json.objectBuilder()
                .add("code", code).add("message", message).add("status", status);
        if (!details.isEmpty()) {
            JsonArrayBuilder list = Json.arrayBuilder();
            details.forEach(list::add);
            error.add("details", list);
        }
        return Json.objectBuilder().add("error", error).build();
    }

    /**
     * The body of the reply: an object, or inside a list where the reply would have been a JSON array; that form has the
     * legacy {@code errors} list instead of details when there are none (spec mapping §4.1 N2).
     */
    byte[] body(boolean inArray) {
        if (!inArray) {
            return Json.bytes(json());
        }
        JsonObject error = json().getJsonObject("error");
        if (details.isEmpty()) {
            JsonObjectBuilder legacy = Json.objectBuilder().add("message", message).add("domain", "global")
                    .add("reason", code == 429 ? "rateLimitExceeded" : "badRequest");
            error = Json.objectBuilder(error).add("errors", Json.arrayBuilder().add(legacy)).build();
        }
        JsonValue wrapped = Json.arrayBuilder().add(Json.objectBuilder().add("error", error)).build();
        return Json.bytes(wrapped);
    }
}
