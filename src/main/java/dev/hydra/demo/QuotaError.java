package dev.hydra.demo;

import dev.hydra.wire.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;

/** The 429 bodies of exhausted quotas (spec mapping §4.1, samples D to G). */
final class QuotaError {
    private static final String RATE_LIMITS = "https://ai.google.dev/gemini-api/docs/rate-limits";
    private static final String INTRODUCTION = "You exceeded your current quota, please check your plan and billing details. "
            + "For more information on this error, head to: " + RATE_LIMITS + ".";

    /** Which of the three quotas of a project and model a request ran into. */
    enum Limit {
        REQUESTS_PER_MINUTE("GenerateRequestsPerMinutePerProjectPerModel", "free_tier_requests", "generate_requests_per_model"),
        TOKENS_PER_MINUTE("GenerateContentInputTokensPerModelPerMinute", "free_tier_input_token_count",
                "generate_content_paid_tier_input_token_count"),
        REQUESTS_PER_DAY("GenerateRequestsPerDayPerProjectPerModel", "free_tier_requests", "generate_requests_per_model_per_day");

        private final String quotaId;
        private final String freeMetric;
        private final String paidMetric;

        Limit(String quotaId, String freeMetric, String paidMetric) {
            this.quotaId = quotaId;
            this.freeMetric = freeMetric;
            this.paidMetric = paidMetric;
        }

        String quotaId(boolean freeTier) {
            return freeTier ? quotaId + "-FreeTier" : quotaId;
        }

        String metric(boolean freeTier) {
            return "generativelanguage.googleapis.com/" + (freeTier ? "generate_content_" + freeMetric : paidMetric);
        }
    }

    private QuotaError() {
    }

    /** One limit is used up until the delay has passed. */
    static ApiError exceeded(String model, Limit limit, long value, boolean freeTier, Duration delay) {
        return error(model, List.of(limit), Long.toString(value), freeTier, delay);
    }

    /** The project has no quota for the model at all: three violations, limit 0, and a delay that means nothing. */
    static ApiError none(String model) {
        return error(model, List.of(Limit.TOKENS_PER_MINUTE, Limit.REQUESTS_PER_MINUTE, Limit.REQUESTS_PER_DAY), "0", true,
                Duration.ofMillis(11_102));
    }

    private static ApiError error(String model, List<Limit> limits, String value, boolean freeTier, Duration delay) {
        StringBuilder message = new StringBuilder(INTRODUCTION);
        JsonArrayBuilder violations = Json.arrayBuilder();
        for (Limit limit : limits) {
            message.append("\n* Quota exceeded for metric: ").append(limit.metric(freeTier)).append(", limit: ").append(value)
                    .append(", model: ").append(model);
            var violation = Json.objectBuilder().add("quotaMetric", limit.metric(freeTier))
                    .add("quotaId", limit.quotaId(freeTier))
                    .add("quotaDimensions", Json.objectBuilder().add("location", "global").add("model", model));
            violations.add("0".equals(value) ? violation : violation.add("quotaValue", value));
        }
        String seconds = seconds(delay);
        message.append("\nPlease retry in ").append(seconds).append("s.");
        return ApiError.of(429, "RESOURCE_EXHAUSTED", message.toString())
                .with(ApiError.detail("QuotaFailure").add("violations", violations).build())
                .with(help())
                .with(ApiError.detail("RetryInfo").add("retryDelay", wholeSeconds(delay)).build());
    }

    static JsonObject help() {
        return ApiError.detail("Help").add("links", Json.arrayBuilder().add(Json.objectBuilder()
                .add("description", "Learn more about Gemini API quotas").add("url", RATE_LIMITS))).build();
    }

    private static String seconds(Duration delay) {
        String fraction = Integer.toString(1_000_000_000 + delay.getNano()).substring(1);
        return delay.getNano() == 0 ? Long.toString(delay.toSeconds()) : delay.toSeconds() + "." + fraction;
    }

    private static String wholeSeconds(Duration delay) {
        return delay.compareTo(Duration.ofSeconds(1)) < 0 ? seconds(delay) + "s" : delay.toSeconds() + "s";
    }
}
