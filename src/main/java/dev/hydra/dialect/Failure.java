package dev.hydra.dialect;

import jakarta.json.JsonArray;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.Optional;

/**
 * An error that a client is told, before any dialect has given it a shape.
 *
 * @param message    for the client's eyes: no key, no token, no address of ours
 * @param field      the wrong field of the request; empty when there is none
 * @param retryAfter when another try makes sense; empty = unknown or never
 * @param details    what Google said beside the message, for clients of its own format; no key material; empty for all other failures
 */
public record Failure(Kind kind, String message, String field, Optional<Duration> retryAfter, JsonArray details) {

    /** A failure without Google's details. */
    public Failure(Kind kind, String message, String field, Optional<Duration> retryAfter) {
        this(kind, message, field, retryAfter, JsonValue.EMPTY_JSON_ARRAY);
    }

    /** The same with Google's details. */
    public Failure with(JsonArray said) {
        return new Failure(kind, message, field, retryAfter, said);
    }

    /** A failure that names no field and no time. */
    public static Failure of(Kind kind, String message) {
        return new Failure(kind, message, "", Optional.empty());
    }

    /** What went wrong, with the HTTP status that every dialect answers unless it has its own (spec mapping §4.3). */
    public enum Kind {
        INVALID_REQUEST(400), CONTEXT_LENGTH(400),
        /** The model or a filter of the provider declined to answer. */
        REFUSED(400), UNAUTHENTICATED(401), FORBIDDEN(403), REGION(403), NOT_FOUND(404), MODEL_NOT_FOUND(
                404),
        METHOD_NOT_ALLOWED(405), TOO_LARGE(413), UNSUPPORTED_MEDIA_TYPE(415), RATE_LIMITED(429),
        /** The day's quota or the money is used up. */
        QUOTA_EXHAUSTED(429), INTERNAL(500), PROVIDER_ERROR(502),
        /** No usable key, or the gateway itself cannot serve now. */
        UNAVAILABLE(503),
        /** The provider has no capacity at the moment. */
        OVERLOADED(503), TIMEOUT(504);

        private final int status;

        Kind(int status) {
            this.status = status;
        }

        /** The HTTP status. */
        public int status() {
            return status;
        }
    }
}
