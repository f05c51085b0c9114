package dev.hydra.demo;

import java.time.Duration;
import java.util.List;

/** The errors that the Gemini API answers with instead of a reply. Letters name the samples in spec mapping §4.1. */
public enum Refusal implements Fault {
    /** A: 400 API_KEY_INVALID, a key that was deleted or never was one. */
    KEY_REVOKED(true),
    /** A, variant: 400 API_KEY_INVALID, "API key expired". */
    KEY_EXPIRED(true),
    /** B: 403, reported as leaked; no details. */
    KEY_LEAKED(true),
    /** C: 403 CONSUMER_SUSPENDED; the body contains the key. */
    KEY_SUSPENDED(true),
    /** 401 ACCESS_TOKEN_TYPE_UNSUPPORTED: a kind of key that is no longer accepted (§4.0). */
    KEY_KIND_UNSUPPORTED(true),
    /** 401 CREDENTIALS_MISSING: a Cloud console key (§4.0). */
    KEY_NOT_SUPPORTED_BY_API(true),
    /** Q: 403 SERVICE_DISABLED. */
    SERVICE_DISABLED(true),
    /** Q: 403 API_KEY_SERVICE_BLOCKED. */
    KEY_BLOCKED(true),
    /** L: 400, the place that the request comes from is not served. */
    LOCATION(true),
    /** D: 429, requests per minute, retry in 56 s. */
    MINUTE_QUOTA(false),
    /** 429, input tokens per minute, retry in 30 s. */
    TOKEN_QUOTA(false),
    /** D with a PerDay quota id, whose delay of 10 s misleads: the day is used up. */
    DAILY_QUOTA(false),
    /** G: the daily quota of a paid project (no -FreeTier). */
    PAID_DAILY_QUOTA(false),
    /** F: 429 "limit: 0", this project has no quota for the model. */
    NO_QUOTA(false),
    /** H: 429 with a Help detail alone. */
    GROUNDING_QUOTA(false),
    /** I: 429 without details. */
    EXHAUSTED(false),
    /** J: 429, the shared capacity is busy; not this project's quota. */
    SHARED_EXHAUSTED(false),
    /** V: 429, prepaid credits are used up. */
    CREDITS_DEPLETED(false),
    /** K: 503 overloaded. */
    OVERLOADED(false),
    /** K, newer text: 503 high demand. */
    HIGH_DEMAND(false),
    /** U: 500. */
    INTERNAL(false),
    /** 502 with an HTML body, as a front end in between sends it. */
    BAD_GATEWAY(false),
    /** U: 504. */
    DEADLINE_EXCEEDED(false),
    /** M: 404, no such model. */
    MODEL_NOT_FOUND(false),
    /** N: 400, a function call without its thought signature. */
    SIGNATURE_MISSING(false),
    /** O: 400, an unknown field. */
    UNKNOWN_FIELD(false),
    /** R: 403, a file of another project. */
    FILE_OF_ANOTHER(false),
    /** T: 400, more input tokens than the model takes. */
    TOO_MANY_TOKENS(false),
    /** U: 413, request too large. */
    TOO_LARGE(false);

    private static final String SERVICE = "generativelanguage.googleapis.com";

    /** Whom and what the refused request was about. */
    record Circumstances(String key, String project, String model, String version, String method) {
    }

    private final boolean ofKey;

    Refusal(boolean ofKey) {
        this.ofKey = ofKey;
    }

    /** Whether every call with the key is refused, lists of models included, and not only generation. */
    public boolean concernsKey() {
        return ofKey;
    }

    ApiError error(Circumstances c) {
        return switch (this) {
            case KEY_REVOKED -> invalidKey("API key not valid. Please pass a valid API key.");
            case KEY_EXPIRED -> invalidKey("API key expired. Please renew the API key.");
            case KEY_LEAKED -> denied("Your API key was reported as leaked. Please use another API key.");
            case KEY_SUSPENDED -> denied("Permission denied: Consumer 'api_key:" + c.key + "' has been suspended.")
                    .withReason("CONSUMER_SUSPENDED", "consumer", "projects/" + c.project, "service", SERVICE,
                            "containerInfo", "api_key:" + c.key)
                    .localized();
            case KEY_KIND_UNSUPPORTED -> ApiError.of(401, "UNAUTHENTICATED", "Request had invalid authentication credentials. Expected"
                    + " OAuth 2 access token, login cookie or other valid authentication credential. See"
                    + " https://developers.google.com/identity/sign-in/web/devconsole-project.")
                    .withReason("ACCESS_TOKEN_TYPE_UNSUPPORTED", "service", SERVICE, "method", c.method);
            case KEY_NOT_SUPPORTED_BY_API -> ApiError.of(401, "UNAUTHENTICATED", "API keys are not supported by this API. Expected OAuth2"
                    + " access token or other authentication credentials that assert a principal. See"
                    + " https://cloud.google.com/docs/authentication").withReason("CREDENTIALS_MISSING", "service", SERVICE);
            case SERVICE_DISABLED -> denied("Generative Language API has not been used in project " + c.project
                    + " before or it is disabled.")
                    .withReason("SERVICE_DISABLED", "service", SERVICE, "consumer", "projects/" + c.project);
            case KEY_BLOCKED -> denied("Requests to this API generativelanguage.googleapis.com method " + c.method + " are blocked.")
                    .withReason("API_KEY_SERVICE_BLOCKED", "service", SERVICE, "consumer", "projects/" + c.project);
            case LOCATION -> ApiError.of(400, "FAILED_PRECONDITION", "User location is not supported for the API use.");
            case MINUTE_QUOTA -> QuotaError.exceeded(c.model, QuotaError.Limit.REQUESTS_PER_MINUTE, 2, true,
                    Duration.ofSeconds(56, 185_908_122));
            case TOKEN_QUOTA -> QuotaError.exceeded(c.model, QuotaError.Limit.TOKENS_PER_MINUTE, 250_000, true, Duration.ofSeconds(30));
            case DAILY_QUOTA -> QuotaError.exceeded(c.model, QuotaError.Limit.REQUESTS_PER_DAY, 20, true, Duration.ofSeconds(10));
            case PAID_DAILY_QUOTA -> QuotaError.exceeded(c.model, QuotaError.Limit.REQUESTS_PER_DAY, 10_000, false,
                    Duration.ofSeconds(10));
            case NO_QUOTA -> QuotaError.none(c.model);
            case GROUNDING_QUOTA -> exhausted("You exceeded your current quota, please check your plan and billing details.")
                    .with(QuotaError.help());
            case EXHAUSTED -> exhausted("Resource has been exhausted (e.g. check quota).");
            case SHARED_EXHAUSTED -> exhausted("Resource exhausted. Please try again later. Please refer to"
                    + " https://cloud.google.com/vertex-ai/generative-ai/docs/error-code-429 for more details.");
            case CREDITS_DEPLETED -> exhausted("Your prepayment credits are depleted. Please go to AI Studio to add credits.");
            case OVERLOADED -> ApiError.of(503, "UNAVAILABLE", "The model is overloaded. Please try again later.");
            case HIGH_DEMAND -> ApiError.of(503, "UNAVAILABLE",
                    "This model is currently experiencing high demand. Spikes in demand are usually temporary. Please try again later.");
            case INTERNAL -> ApiError.of(500, "INTERNAL", "An internal error has occurred. Please retry or report in"
                    + " https://developers.generativeai.google/guide/troubleshooting");
            case BAD_GATEWAY -> ApiError.of(502, "UNAVAILABLE", "Bad Gateway");
            case DEADLINE_EXCEEDED -> ApiError.of(504, "DEADLINE_EXCEEDED", "Deadline expired before operation could complete.");
            case MODEL_NOT_FOUND -> modelNotFound(c.model, c.version, c.method);
            case SIGNATURE_MISSING -> ApiError.invalid(RequestCheck.missingSignature("get_weather", 3));
            case UNKNOWN_FIELD -> FieldCheck.violations(List.of(new FieldCheck.Violation("tools[0].function_declarations[0]"
                    + ".parameters", FieldCheck.unknownName("const", "tools[0].function_declarations[0].parameters"))));
            case FILE_OF_ANOTHER -> denied("You do not have permission to access the File abc123 or it may not exist.");
            case TOO_MANY_TOKENS -> ApiError.invalid(
                    "The input token count (1048577) exceeds the maximum number of tokens allowed (1048576).");
            case TOO_LARGE -> ApiError.of(413, "INVALID_ARGUMENT", "Request payload size exceeds the limit: 104857600 bytes.");
        };
    }

    static ApiError modelNotFound(String model, String version, String method) {
        return ApiError.of(404, "NOT_FOUND", "models/" + model + " is not found for API version " + version + ", or is not supported for "
                + method + ". Call ListModels to see the list of available models and their supported methods.");
    }

    private static ApiError invalidKey(String message) {
        return ApiError.invalid(message).withReason("API_KEY_INVALID", "service", SERVICE).localized();
    }

    private static ApiError denied(String message) {
        return ApiError.of(403, "PERMISSION_DENIED", message);
    }

    private static ApiError exhausted(String message) {
        return ApiError.of(429, "RESOURCE_EXHAUSTED", message);
    }
}
