package dev.hydra.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuotaTest {
    private static final String MODEL = "gemini-2.5-flash";
    /** 23:58 on a summer evening in Los Angeles. */
    private final Time time = new Time(Instant.parse("2026-07-02T06:58:00Z"));

    /** A clock that a test moves. */
    private static final class Time extends Clock {
        private Instant now;

        private Time(Instant now) {
            this.now = now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }

        void pass(Duration length) {
            now = now.plus(length);
        }
    }

    private SimulatedGemini start(Quota quota) {
        return SimulatedGemini.builder().clock(time).project(SimulatedProject.of("1", quota, "a", "a2"))
                .project(SimulatedProject.of("2", quota, "b")).start();
    }

    private static int ask(SimulatedGemini api, String key) throws Exception {
        return new Client(api, key).generate(MODEL, Client.user("Hello")).statusCode();
    }

    private static JsonObject detail(HttpResponse<String> response, String type) {
        return Json.object(response.body()).getJsonObject("error").getJsonArray("details").getValuesAs(JsonObject.class).stream()
                .filter(detail -> detail.getString("@type").endsWith("." + type)).findFirst().orElseThrow();
    }

    private static JsonObject violation(HttpResponse<String> response) {
        return detail(response, "QuotaFailure").getJsonArray("violations").getJsonObject(0);
    }

    @Test
    void requestsPerMinuteAreSharedByTheKeysOfAProjectAndComeBack() throws Exception {
        try (SimulatedGemini api = start(Quota.free(2, 1000, 100))) {
            assertThat(ask(api, "a")).isEqualTo(200);
            time.pass(Duration.ofSeconds(15));
            assertThat(ask(api, "a2")).isEqualTo(200);
            HttpResponse<String> refused = new Client(api, "a").generate(MODEL, Client.user("Hello"));
            assertThat(refused.statusCode()).isEqualTo(429);
            JsonObject violation = violation(refused);
            assertThat(violation.getString("quotaId")).isEqualTo("GenerateRequestsPerMinutePerProjectPerModel-FreeTier");
            assertThat(violation.getString("quotaValue")).isEqualTo("2");
            assertThat(violation.getString("quotaMetric")).isEqualTo("generativelanguage.googleapis.com/"
                    + "generate_content_free_tier_requests");
            assertThat(violation.getJsonObject("quotaDimensions").getString("model")).isEqualTo(MODEL);
            assertThat(detail(refused, "RetryInfo").getString("retryDelay")).isEqualTo("45s");
            assertThat(refused.body()).contains("Please retry in 45s.");
            assertThat(ask(api, "b")).isEqualTo(200);
            time.pass(Duration.ofSeconds(45));
            assertThat(ask(api, "a")).isEqualTo(200);
        }
    }

    @Test
    void tokensPerMinute() throws Exception {
        try (SimulatedGemini api = start(Quota.free(100, 10, 100))) {
            assertThat(ask(api, "a")).isEqualTo(200);
            HttpResponse<String> refused = new Client(api, "a").generate(MODEL, Client.user("This is too long for what is left"));
            assertThat(violation(refused).getString("quotaId")).isEqualTo("GenerateContentInputTokensPerModelPerMinute-FreeTier");
            assertThat(violation(refused).getString("quotaMetric")).endsWith("generate_content_free_tier_input_token_count");
        }
    }

    @Test
    void theDayEndsAtMidnightInLosAngeles() throws Exception {
        try (SimulatedGemini api = start(Quota.free(100, 1000, 1))) {
            assertThat(ask(api, "a")).isEqualTo(200);
            time.pass(Duration.ofSeconds(90));
            HttpResponse<String> refused = new Client(api, "a").generate(MODEL, Client.user("Hello"));
            assertThat(violation(refused).getString("quotaId")).isEqualTo("GenerateRequestsPerDayPerProjectPerModel-FreeTier");
            assertThat(detail(refused, "RetryInfo").getString("retryDelay")).isEqualTo("30s");
            time.pass(Duration.ofSeconds(30));
            assertThat(ask(api, "a")).isEqualTo(200);
        }
    }

    @Test
    void paidProjectsHaveOtherIds() throws Exception {
        try (SimulatedGemini api = start(new Quota(100, 1000, 1, false))) {
            ask(api, "a");
            HttpResponse<String> refused = new Client(api, "a").generate(MODEL, Client.user("Hello"));
            assertThat(violation(refused).getString("quotaId")).isEqualTo("GenerateRequestsPerDayPerProjectPerModel");
            assertThat(violation(refused).getString("quotaMetric")).endsWith("/generate_requests_per_model_per_day");
        }
    }

    @Test
    void aModelWithoutQuotaSaysLimitZeroAndOthersWork() throws Exception {
        SimulatedProject project = new SimulatedProject("1", List.of("a"), Quota.UNLIMITED, Map.of("gemini-2.5-pro", Quota.NONE));
        try (SimulatedGemini api = SimulatedGemini.builder().project(project).start()) {
            HttpResponse<String> refused = new Client(api, "a").generate("gemini-2.5-pro", Client.user("Hello"));
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.body()).contains("limit: 0, model: gemini-2.5-pro", "Please retry in 11.102");
            assertThat(detail(refused, "QuotaFailure").getJsonArray("violations")).hasSize(3);
            assertThat(ask(api, "a")).isEqualTo(200);
        }
    }

    @Test
    void refusedRequestsCountForNothing() throws Exception {
        try (SimulatedGemini api = start(Quota.free(1, 1000, 2))) {
            assertThat(ask(api, "a")).isEqualTo(200);
            assertThat(ask(api, "a")).isEqualTo(429);
            assertThat(new Client(api, "a").generate(MODEL, "{}").statusCode()).isEqualTo(400);
            time.pass(Duration.ofSeconds(60));
            assertThat(ask(api, "a")).isEqualTo(200);
            api.reset();
            assertThat(ask(api, "a")).isEqualTo(200);
        }
    }
}
