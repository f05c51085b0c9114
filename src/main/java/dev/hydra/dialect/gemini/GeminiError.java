package dev.hydra.dialect.gemini;

import dev.hydra.dialect.Failure;
import dev.hydra.wire.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;

/** Google's error document (spec mapping §4.1, §4.3). */
final class GeminiError {
    private static final String TYPES = "type.googleapis.com/google.rpc.";

    private GeminiError() {
    }

    /**
     * The document for a failure: with Google's own details where it is Google's, RetryInfo where a time is known, and the wrong field where one is.
     *
     * <p>The time is ours, for it is the pool's that counts and not one key's.
     */
    static JsonObject document(Failure failure, String requestId) {
        JsonArrayBuilder details = Json.arrayBuilder();
        failure.details().stream().filter(said -> failure.retryAfter().isEmpty() || !said.asJsonObject().containsKey("retryDelay"))
                .forEach(details::add);
        details.add(Json.objectBuilder().add("@type", TYPES + "RequestInfo").add("requestId", requestId));
        if (!failure.field().isEmpty()) {
            JsonObjectBuilder violation = Json.objectBuilder().add("field", failure.field()).add("description", failure.message());
            details.add(Json.objectBuilder().add("@type", TYPES + "BadRequest").add("fieldViolations", Json.arrayBuilder().add(violation)));
        }
        failure.retryAfter().ifPresent(wait -> details
                .add(Json.objectBuilder().add("@type", TYPES + "RetryInfo").add("retryDelay", seconds(wait))));
        return Json.objectBuilder()
                .add("error", Json.objectBuilder().add("code", failure.kind().status()).add("message", failure.message())
                        .add("status", status(failure.kind())).add("details", details))
                .build();
    }

    /** A duration as proto3 JSON writes it, e.g. {@code 7.5s}; never 0, since a client that waits no time at all asks again at once. */
    private static String seconds(Duration wait) {
        long millis = Math.max(1, wait.toMillis());
        String whole = Long.toString(millis / 1000);
        int rest = (int) (millis % 1000);
        return rest == 0 ? whole + "s" : whole + "." + Integer.toString(1000 + rest).substring(1) + "s";
    }

    private static String status(Failure.Kind kind) {
        return switch (kind) {
            case INVALID_REQUEST, CONTEXT_LENGTH, REFUSED, TOO_LARGE, UNSUPPORTED_MEDIA_TYPE -> "INVALID_ARGUMENT";
            case UNAUTHENTICATED -> "UNAUTHENTICATED";
            case FORBIDDEN -> "PERMISSION_DENIED";
            // What Google answers where it does not serve, beside a 400; ours is a 403 in every dialect.
            case REGION -> "FAILED_PRECONDITION";
            case NOT_FOUND, MODEL_NOT_FOUND -> "NOT_FOUND";
            case METHOD_NOT_ALLOWED -> "UNIMPLEMENTED";
            case RATE_LIMITED, QUOTA_EXHAUSTED -> "RESOURCE_EXHAUSTED";
            case INTERNAL, PROVIDER_ERROR -> "INTERNAL";
            case UNAVAILABLE, OVERLOADED -> "UNAVAILABLE";
            case TIMEOUT -> "DEADLINE_EXCEEDED";
        };
    }
}
