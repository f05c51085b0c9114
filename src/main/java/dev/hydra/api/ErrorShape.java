package dev.hydra.api;

import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.servlet.http.HttpServletRequest;

/** The form of an error that comes before any dialect has seen the request (spec mapping §4.3). */
enum ErrorShape {
    OPENAI {
        @Override
        JsonObject document(int status, String message, String requestId) {
            JsonObjectBuilder error = Json.objectBuilder().add("message", message);
            switch (status) {
                case 401 -> error.add("type", "invalid_request_error").add("param", JsonValue.NULL).add("code", "invalid_api_key");
                case 403 -> error.add("type", "permission_denied").add("param", JsonValue.NULL).add("code", JsonValue.NULL);
                case 429 -> error.add("type", "rate_limit_error").add("param", JsonValue.NULL).add("code", JsonValue.NULL);
                case 500, 503 -> error.add("type", "server_error").add("param", JsonValue.NULL).add("code", JsonValue.NULL);
                default -> error.add("type", "invalid_request_error").add("param", JsonValue.NULL).add("code", JsonValue.NULL);
            }
            return Json.objectBuilder().add("error", error).build();
        }
    },
    ANTHROPIC {
        @Override
        JsonObject document(int status, String message, String requestId) {
            String type = switch (status) {
                case 401 -> "authentication_error";
                case 403 -> "permission_error";
                case 429 -> "rate_limit_error";
                case 500, 503 -> "api_error";
                default -> "invalid_request_error";
            };
            return Json.objectBuilder().add("type", "error").add("error", Json.objectBuilder().add("type", type).add("message", message))
                    .add("request_id", requestId).build();
        }
    },
    GEMINI {
        @Override
        JsonObject document(int status, String message, String requestId) {
            String name = switch (status) {
                case 401 -> "UNAUTHENTICATED";
                case 403 -> "PERMISSION_DENIED";
                case 429 -> "RESOURCE_EXHAUSTED";
                case 500 -> "INTERNAL";
                case 503 -> "UNAVAILABLE";
                default -> "INVALID_ARGUMENT";
            };
            return Json.objectBuilder().add("error", Json.objectBuilder().add("code", status).add("message", message).add("status", name))
                    .build();
        }
    },
    /** What the admin API answers. */
    ADMIN {
        @Override
        JsonObject document(int status, String message, String requestId) {
            return Json.objectBuilder().add("error", Json.objectBuilder().add("message", message)).build();
        }
    };

    /** The document, for one of the statuses 400, 401, 403, 429, 500 and 503. */
    abstract JsonObject document(int status, String message, String requestId);

    /** The shape of the client's dialect: by path, and where dialects share one, by the headers that their SDKs send (spec clients §2.1). */
    static ErrorShape of(HttpServletRequest request) {
        String path = request.getServletPath();
        if (path.contains("/v1/messages") || request.getHeader("anthropic-version") != null) {
            return ANTHROPIC;
        }
        boolean compatible = path.contains("/openai/") || path.contains("/chat/completions");
        boolean gemini = path.contains("/v1beta") || request.getHeader("x-goog-api-key") != null
                || request.getHeader("x-goog-api-client") != null;
        return gemini && !compatible ? GEMINI : OPENAI;
    }
}
