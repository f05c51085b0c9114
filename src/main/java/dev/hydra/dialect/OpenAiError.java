package dev.hydra.dialect;

import dev.hydra.wire.JsonOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** OpenAI's error document (spec mapping §4.3). */
public final class OpenAiError {
    private OpenAiError() {
    }

    /** The document for a failure; the same for every OpenAI endpoint. */
    public static byte[] document(Failure failure) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try {
            JsonOutput json = new JsonOutput().begin(bytes).beginObject().name("error");
            object(json, failure);
            json.endObject().end();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** What stands under {@code error}. */
    public static void object(JsonOutput json, Failure failure) throws IOException {
        json.beginObject().name("message").value(message(failure)).name("type").value(type(failure.kind())).name("param");
        text(json, failure.field()).name("code");
        text(json, code(failure)).endObject();
    }

    private static JsonOutput text(JsonOutput json, String text) throws IOException {
        return text.isEmpty() ? json.nullValue() : json.value(text);
    }

    /** The failure's message: Codex and others read the time to wait out of the message of a rate limit. */
    public static String message(Failure failure) {
        if (failure.kind() != Failure.Kind.RATE_LIMITED || failure.retryAfter().isEmpty() || failure.message().contains("try again in")) {
            return failure.message();
        }
        double seconds = failure.retryAfter().get().toMillis() / 1000.0;
        return failure.message() + " Please try again in " + String.format(Locale.ROOT, "%.1f", seconds) + "s.";
    }

    /** OpenAI's type of a failure. */
    public static String type(Failure.Kind kind) {
        return switch (kind) {
            // OpenAI calls a wrong key an invalid request too.
            case INVALID_REQUEST, CONTEXT_LENGTH, REFUSED, UNAUTHENTICATED, NOT_FOUND, MODEL_NOT_FOUND, METHOD_NOT_ALLOWED, TOO_LARGE,
                    UNSUPPORTED_MEDIA_TYPE ->
                "invalid_request_error";
            case FORBIDDEN, REGION -> "permission_denied";
            case RATE_LIMITED -> "rate_limit_error";
            case QUOTA_EXHAUSTED -> "insufficient_quota";
            case INTERNAL, PROVIDER_ERROR, UNAVAILABLE, OVERLOADED, TIMEOUT -> "server_error";
        };
    }

    /** OpenAI's code for a failure. @return empty where OpenAI says null */
    public static String code(Failure failure) {
        return switch (failure.kind()) {
            case CONTEXT_LENGTH -> "context_length_exceeded";
            case REFUSED -> "content_policy_violation";
            case UNAUTHENTICATED -> "invalid_api_key";
            case REGION -> "unsupported_country_region_territory";
            case MODEL_NOT_FOUND -> "model_not_found";
            case RATE_LIMITED -> "rate_limit_exceeded";
            case QUOTA_EXHAUSTED -> "insufficient_quota";
            case OVERLOADED -> "overloaded";
            case TIMEOUT -> "timeout";
            // What clients that continue a conversation by name look for (spec mapping §5.1).
            case NOT_FOUND -> failure.field().equals("previous_response_id") ? "previous_response_not_found" : "";
            case INVALID_REQUEST, FORBIDDEN, METHOD_NOT_ALLOWED, TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, INTERNAL, PROVIDER_ERROR,
                    UNAVAILABLE ->
                "";
        };
    }
}
