package dev.hydra.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hydra.wire.Json;
import jakarta.json.JsonObject;

/** The error bodies of spec mapping §4.1 by their letters, and what bodies of the same kind are made of. */
final class GeminiSamples {
    /** Looks like a key; made here so that no such text stands in a file. */
    static final String KEY = "AI" + "za" + "SyTest0123456789".repeat(3).substring(0, 35);

    static final String A = error(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", info("API_KEY_INVALID"),
            localized("API key not valid. Please pass a valid API key."));
    static final String B = error(403, "PERMISSION_DENIED", "Your API key was reported as leaked. Please use another API key.");
    static final String C = error(403, "PERMISSION_DENIED", "Permission denied: Consumer 'api_key:" + KEY + "' has been suspended.",
            info("CONSUMER_SUSPENDED", "consumer", "projects/123456789", "containerInfo", "api_key:" + KEY),
            localized("Permission denied: Consumer 'api_key:" + KEY + "' has been suspended."));
    static final String D = error(429, "RESOURCE_EXHAUSTED", quotaMessage("2") + "\nPlease retry in 56.185908122s.",
            quota(violation("GenerateRequestsPerMinutePerProjectPerModel-FreeTier", "2")), help(), retryInfo("56s"));
    static final String E = error(429, "RESOURCE_EXHAUSTED", "You exceeded your current quota, please check your plan and billing details.",
            quota(violation("GenerateContentInputTokensPerModelPerMinute-FreeTier", ""),
                    violation("GenerateRequestsPerMinutePerProjectPerModel-FreeTier", ""),
                    violation("GenerateRequestsPerDayPerProjectPerModel-FreeTier", "")),
            help(), retryInfo("11s"));
    static final String F = error(429, "RESOURCE_EXHAUSTED", quotaMessage("0, model: gemini-2.5-pro") + "\nPlease retry in 11.102306822s.");
    static final String G = error(429, "RESOURCE_EXHAUSTED", quotaMessage("10000"),
            quota(violation("GenerateRequestsPerDayPerProjectPerModel", "10000")), help(), retryInfo("10s"));
    static final String H = error(429, "RESOURCE_EXHAUSTED", "You exceeded your current quota, please check your plan and billing details.",
            help());
    static final String I = error(429, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota).");
    static final String J = error(429, "RESOURCE_EXHAUSTED", "Resource exhausted. Please try again later. Please refer to "
            + "https://cloud.google.com/vertex-ai/generative-ai/docs/error-code-429 for more details.");
    static final String K = error(503, "UNAVAILABLE", "The model is overloaded. Please try again later.");
    static final String L = error(400, "FAILED_PRECONDITION", "User location is not supported for the API use.");
    static final String M = error(404, "NOT_FOUND",
            "models/none is not found for API version v1beta, or is not supported for generateContent. "
                    + "Call ListModels to see the list of available models and their supported methods.");
    static final String N = error(400, "INVALID_ARGUMENT", "Unable to submit request because function call default_api:f in the 3. content "
            + "block is missing a thought_signature.");
    static final String N2 = """
            [{"error":{"code":400,"message":"Please ensure that the number of function response parts is equal to the number of function \
            call parts of the function call turn.","errors":[{"message":"x","domain":"global","reason":"badRequest"}],\
            "status":"INVALID_ARGUMENT"}}]""";
    static final String O = error(400, "INVALID_ARGUMENT",
            "Invalid JSON payload received. Unknown name \"const\" at 'tools[0]': Cannot find "
                    + "field.",
            "{\"@type\":\"type.googleapis.com/google.rpc.BadRequest\",\"fieldViolations\":[{\"field\":\"tools[0]\"}]}");
    static final String P_VALIDATION = error(403, "PERMISSION_DENIED", "Verify your account to continue.", info("VALIDATION_REQUIRED"));
    static final String P_RATE = error(429, "RESOURCE_EXHAUSTED", "Rate limited.", info("RATE_LIMIT_EXCEEDED", "quotaResetDelay",
            "539.477544ms"));
    static final String P_QUOTA = error(429, "RESOURCE_EXHAUSTED", "Exhausted.", info("QUOTA_EXHAUSTED", "quotaResetDelay",
            "539.477544ms"));
    static final String P_CAPACITY = error(429, "RESOURCE_EXHAUSTED", "No capacity.", info("MODEL_CAPACITY_EXHAUSTED"), retryInfo("9s"));
    static final String Q_DISABLED = error(403, "PERMISSION_DENIED",
            "Generative Language API has not been used in project 123 before or it is "
                    + "disabled.",
            info("SERVICE_DISABLED", "consumer", "projects/123"));
    static final String Q_BLOCKED = error(403, "PERMISSION_DENIED", "Requests to this API x method y are blocked.",
            info("API_KEY_SERVICE_BLOCKED", "consumer", "projects/123"));
    static final String R = error(403, "PERMISSION_DENIED", "You do not have permission to access the File abc or it may not exist.");
    static final String S = error(403, "PERMISSION_DENIED", "CachedContent not found (or permission denied)");
    static final String T = error(400, "INVALID_ARGUMENT",
            "The input token count (1048577) exceeds the maximum number of tokens allowed (1048576).");
    static final String U_INTERNAL = error(500, "INTERNAL", "An internal error has occurred. Please retry or report in https://x.");
    static final String U_DEADLINE = error(504, "DEADLINE_EXCEEDED", "Deadline expired before operation could complete.");
    static final String U_CANCELLED = error(499, "CANCELLED", "The operation was cancelled.");
    static final String U_TOO_LARGE = error(400, "INVALID_ARGUMENT", "Request payload size exceeds the limit: 20971520 bytes.");
    static final String V_CREDITS = error(429, "RESOURCE_EXHAUSTED", "Your prepayment credits are depleted. Please add credits.");
    static final String V_BILLING = error(400, "FAILED_PRECONDITION",
            "Gemini API free tier is not available in your country. Please enable "
                    + "billing on your project in Google AI Studio.");

    private GeminiSamples() {
    }

    static byte[] bytes(String json) {
        return json.getBytes(UTF_8);
    }

    static String error(int code, String status, String message, String... details) {
        return "{\"error\":{\"code\":" + code + ",\"message\":" + Json.string(message) + ",\"status\":\"" + status + "\""
                + (details.length == 0 ? "" : ",\"details\":[" + String.join(",", details) + "]") + "}}";
    }

    static String info(String reason, String... metadata) {
        var members = Json.objectBuilder().add("service", "generativelanguage.googleapis.com");
        for (int i = 0; i < metadata.length; i += 2) {
            members.add(metadata[i], metadata[i + 1]);
        }
        JsonObject info = Json.objectBuilder().add("@type", "type.googleapis.com/google.rpc.ErrorInfo").add("reason", reason)
                .add("domain", "googleapis.com").add("metadata", members).build();
        return info.toString();
    }

    static String quotaMessage(String limit) {
        return "You exceeded your current quota, please check your plan and billing details. For more information on this error, head to: "
                + "https://ai.google.dev/gemini-api/docs/rate-limits.\n* Quota exceeded for metric: "
                + "generativelanguage.googleapis.com/generate_content_free_tier_requests, limit: " + limit;
    }

    static String quota(String... violations) {
        return "{\"@type\":\"type.googleapis.com/google.rpc.QuotaFailure\",\"violations\":[" + String.join(",", violations) + "]}";
    }

    static String violation(String quotaId, String value) {
        return "{\"quotaMetric\":\"generativelanguage.googleapis.com/generate_content_free_tier_requests\",\"quotaId\":\"" + quotaId
                + "\",\"quotaDimensions\":{\"location\":\"global\",\"model\":\"gemini-2.5-pro\"}"
                + (value.isEmpty() ? "" : ",\"quotaValue\":\"" + value + "\"") + "}";
    }

    static String retryInfo(String delay) {
        return "{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"" + delay + "\"}";
    }

    static String help() {
        return "{\"@type\":\"type.googleapis.com/google.rpc.Help\",\"links\":[{\"description\":\"Learn more about Gemini API quotas\","
                + "\"url\":\"https://ai.google.dev/gemini-api/docs/rate-limits\"}]}";
    }

    private static String localized(String message) {
        return "{\"@type\":\"type.googleapis.com/google.rpc.LocalizedMessage\",\"locale\":\"en-US\",\"message\":" + Json.string(message)
                + "}";
    }
}
