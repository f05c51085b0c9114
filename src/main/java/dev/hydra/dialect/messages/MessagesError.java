package dev.hydra.dialect.messages;

import dev.hydra.dialect.Failure;
import dev.hydra.wire.JsonOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Anthropic's error document (spec mapping §4.3). */
final class MessagesError {
    /** The field that asks for a conversation kept by the server. */
    static final String THREAD = "thread";
    /** Anthropic's status for a provider without capacity; its clients try such a request again. */
    static final int OVERLOADED = 529;

    private MessagesError() {
    }

    static byte[] document(Failure failure, String requestId) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try {
            JsonOutput json = new JsonOutput().begin(bytes).beginObject().name("type").value("error").name("error").beginObject();
            json.name("type").value(type(failure.kind())).name("message").value(message(failure));
            if (failure.field().equals(THREAD)) {
                thread(json);
            }
            json.endObject().name("request_id").value(requestId).endObject().end();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** By this the SDK falls back to sending the whole conversation; any other refusal would reach its caller (spec clients §2.2). */
    private static void thread(JsonOutput json) throws IOException {
        json.name("details").beginObject().name("error_code").value("thread_unsupported_request").name("unsupported").beginArray()
                .value(THREAD).endArray().endObject();
    }

    /** Clients know a conversation that has grown too long by Anthropic's words for it. */
    private static String message(Failure failure) {
        return failure.kind() == Failure.Kind.CONTEXT_LENGTH ? "prompt is too long: " + failure.message() : failure.message();
    }

    private static String type(Failure.Kind kind) {
        return switch (kind) {
            case INVALID_REQUEST, CONTEXT_LENGTH, REFUSED, METHOD_NOT_ALLOWED, UNSUPPORTED_MEDIA_TYPE -> "invalid_request_error";
            case UNAUTHENTICATED -> "authentication_error";
            case FORBIDDEN, REGION -> "permission_error";
            case NOT_FOUND, MODEL_NOT_FOUND -> "not_found_error";
            case TOO_LARGE -> "request_too_large";
            case RATE_LIMITED, QUOTA_EXHAUSTED -> "rate_limit_error";
            case OVERLOADED -> "overloaded_error";
            case TIMEOUT -> "timeout_error";
            case INTERNAL, PROVIDER_ERROR, UNAVAILABLE -> "api_error";
        };
    }
}
