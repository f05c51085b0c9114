package dev.hydra.upstream;

import static dev.hydra.upstream.GeminiSamples.KEY;
import static dev.hydra.upstream.GeminiSamples.bytes;
import static dev.hydra.upstream.GeminiSamples.error;
import static dev.hydra.upstream.GeminiSamples.info;
import static dev.hydra.upstream.GeminiSamples.quota;
import static dev.hydra.upstream.GeminiSamples.quotaMessage;
import static dev.hydra.upstream.GeminiSamples.retryInfo;
import static dev.hydra.upstream.GeminiSamples.violation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.hydra.secret.Secret;
import dev.hydra.upstream.Verdict.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spec mapping §4.2, rule by rule, on the bodies of §4.1. */
class GeminiFailuresTest {
    private static final Instant NOW = Instant.parse("2026-07-15T12:00:00Z");
    private static final Instant RESET = Instant.parse("2026-07-16T07:00:10Z");
    private static final String MINUTE = "GenerateRequestsPerMinutePerProjectPerModel-FreeTier";
    private static final String DAY = "GenerateRequestsPerDayPerProjectPerModel-FreeTier";
    private static final String QUOTA = "RESOURCE_EXHAUSTED";

    private static Verdict judge(int status, String body) {
        return GeminiFailures.verdict(GoogleErrorReader.read(status, bytes(body)), NOW, Secret.NONE);
    }

    private static Verdict judge(String body) {
        return judge(GoogleErrorReader.read(0, bytes(body)).code(), body);
    }

    static Stream<Arguments> refusedKeys() {
        return Stream.of(arguments(GeminiSamples.A, Scope.KEY, "API_KEY_INVALID", ""),
                arguments(error(400, "INVALID_ARGUMENT", "API Key not found. Please pass a valid API key."), Scope.KEY, "API_KEY_INVALID",
                        ""),
                arguments(error(400, "INVALID_ARGUMENT", "API key expired. Please renew the API key."), Scope.KEY, "API_KEY_INVALID", ""),
                arguments(error(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.",
                        info("ACCESS_TOKEN_TYPE_UNSUPPORTED")),
                        Scope.KEY, "ACCESS_TOKEN_TYPE_UNSUPPORTED", ""),
                arguments(error(401, "UNAUTHENTICATED", "API keys are not supported by this API.", info("CREDENTIALS_MISSING")), Scope.KEY,
                        "CREDENTIALS_MISSING", ""),
                arguments(error(401, "UNAUTHENTICATED", "No."), Scope.KEY, "UNAUTHENTICATED", ""),
                arguments(error(403, "PERMISSION_DENIED",
                        "Method doesn't allow unregistered callers (callers without established identity)."),
                        Scope.KEY, "API_KEY_INVALID", ""),
                arguments(GeminiSamples.B, Scope.KEY, "API_KEY_LEAKED", ""),
                arguments(GeminiSamples.C, Scope.PROJECT, "CONSUMER_SUSPENDED", "123456789"),
                arguments(error(403, "PERMISSION_DENIED", "Permission denied: Consumer 'api_key:x' has been suspended."), Scope.PROJECT,
                        "CONSUMER_SUSPENDED", ""),
                arguments(GeminiSamples.P_VALIDATION, Scope.KEY, "VALIDATION_REQUIRED", ""),
                arguments(GeminiSamples.Q_DISABLED, Scope.KEY, "SERVICE_DISABLED", "123"),
                arguments(GeminiSamples.Q_BLOCKED, Scope.KEY, "API_KEY_SERVICE_BLOCKED", "123"),
                arguments(error(403, "PERMISSION_DENIED", "Blocked.", info("API_KEY_HTTP_REFERRER_BLOCKED")), Scope.KEY,
                        "API_KEY_HTTP_REFERRER_BLOCKED", ""),
                arguments(error(403, "PERMISSION_DENIED", "Blocked.", info("API_KEY_IP_ADDRESS_BLOCKED")), Scope.KEY,
                        "API_KEY_IP_ADDRESS_BLOCKED", ""),
                arguments(error(403, "PERMISSION_DENIED", "Requests to this API x are blocked."), Scope.KEY, "API_KEY_SERVICE_BLOCKED",
                        ""));
    }

    @ParameterizedTest
    @MethodSource
    void refusedKeys(String body, Scope scope, String reason, String consumer) {
        assertThat(judge(body)).isInstanceOfSatisfying(Verdict.Rejected.class, rejected -> {
            assertThat(rejected.scope()).isEqualTo(scope);
            assertThat(rejected.reason()).isEqualTo(reason);
            assertThat(rejected.consumer().orElse("")).isEqualTo(consumer);
            assertThat(rejected.message()).doesNotContain(KEY);
        });
    }

    static Stream<Arguments> usedUpQuotas() {
        String day = violation(DAY, "20");
        String minute = violation(MINUTE, "10");
        return Stream.of(
                arguments("D", GeminiSamples.D, Scope.PROJECT_MODEL, NOW.plusSeconds(57), false, 2),
                arguments("G", GeminiSamples.G, Scope.PROJECT_MODEL, RESET, true, 10_000),
                arguments("H", GeminiSamples.H, Scope.KEY_MODEL, NOW.plusSeconds(5), false, -1),
                arguments("I", GeminiSamples.I, Scope.KEY_MODEL, NOW.plusSeconds(5), false, -1),
                arguments("P", GeminiSamples.P_RATE, Scope.PROJECT_MODEL, NOW.plusMillis(1540), false, -1),
                arguments("P, day", GeminiSamples.P_QUOTA, Scope.PROJECT_MODEL, RESET, true, -1),
                arguments("V", GeminiSamples.V_CREDITS, Scope.PROJECT, NOW.plus(Duration.ofHours(6)), true, -1),
                arguments("V, billing", GeminiSamples.V_BILLING, Scope.PROJECT, NOW.plus(Duration.ofHours(6)), true, -1),
                arguments("a feature that costs", error(400, "FAILED_PRECONDITION", "Maps is not free. Please enable billing."),
                        Scope.KEY_MODEL, NOW.plusSeconds(15), true, -1),
                arguments("402", error(402, "", "Pay."), Scope.PROJECT, NOW.plus(Duration.ofHours(6)), true, -1),
                arguments("403, billing", error(403, "PERMISSION_DENIED", "This API method requires billing to be enabled.",
                        info("BILLING_DISABLED")), Scope.PROJECT, NOW.plus(Duration.ofHours(6)), true, -1),
                arguments("a day's quota with a short delay", error(429, QUOTA, quotaMessage("20") + "\nPlease retry in 10s.", quota(day),
                        retryInfo("10s")), Scope.PROJECT_MODEL, RESET, true, 20),
                arguments("a day's quota after a minute's", error(429, QUOTA, "x", quota(minute, day), retryInfo("10s")),
                        Scope.PROJECT_MODEL, RESET,
                        true, 20),
                arguments("a quota called daily", error(429, QUOTA, "x", quota(violation("DailyRequests", "7"))), Scope.PROJECT_MODEL,
                        RESET, true,
                        7),
                arguments("a day's quota in the message only", error(429, QUOTA,
                        "Quota exceeded for metric: x/requests_per_model_per_day, limit: 9"),
                        Scope.PROJECT_MODEL, RESET, true, 9),
                arguments("a minute's quota without a delay", error(429, QUOTA, "x", quota(minute)), Scope.PROJECT_MODEL,
                        NOW.plusSeconds(60), false,
                        10),
                arguments("tokens per minute", error(429, QUOTA, "x", quota(violation("GenerateContentInputTokensPerModelPerMinute",
                        "250000")),
                        retryInfo("34.4s")), Scope.PROJECT_MODEL, NOW.plusMillis(35_400), false, 250_000),
                arguments("a delay in the message only", error(429, QUOTA, "Please retry in 900ms."), Scope.PROJECT_MODEL,
                        NOW.plusMillis(1900),
                        false, -1),
                arguments("an absurd delay", error(429, QUOTA, "x", quota(minute), retryInfo("65205s")), Scope.PROJECT_MODEL,
                        NOW.plusSeconds(301),
                        false, 10),
                arguments("an absurd delay in the message", error(429, QUOTA, "Please retry in 3h20m5.1s."), Scope.PROJECT_MODEL,
                        NOW.plusSeconds(301), false, -1),
                arguments("an older form", error(429, QUOTA, "Quota exceeded", info("RATE_LIMIT_EXCEEDED", "quota_limit",
                        "GenerateContentRequestsPerMinutePerProjectPerRegion", "quota_limit_value", "60")), Scope.PROJECT_MODEL,
                        NOW.plusSeconds(60), false, 60),
                arguments("search only", error(429, QUOTA, "x, limit: 0", quota(violation("GroundingSearchRequestsPerDayPerProject", "0")),
                        retryInfo("20s")), Scope.GROUNDING, RESET, true, -1),
                arguments("search only, in a minute", error(429, QUOTA, "x", quota(violation("GroundingRequestsPerMinute", "5")),
                        retryInfo("20s")), Scope.GROUNDING, NOW.plusSeconds(21), false, -1),
                arguments("search only, in the message", error(429, QUOTA, "Quota for Grounding with Google Search is used up."),
                        Scope.GROUNDING, NOW.plusSeconds(5), false, -1),
                arguments("a limit that begins with 0", error(429, QUOTA, "limit: 0.5\nPlease retry in 5s."), Scope.PROJECT_MODEL,
                        NOW.plusSeconds(6), false, -1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void usedUpQuotas(String name, String body, Scope scope, Instant until, boolean daily, long limit) {
        assertThat(judge(body)).isInstanceOfSatisfying(Verdict.Exhausted.class, verdict -> {
            List<Long> limits = verdict.limits().stream().filter(told -> daily == (told.measure() == Verdict.Measure.REQUESTS_PER_DAY))
                    .map(Verdict.Limit::value).toList();
            assertThat(limits).isEqualTo(limit < 0 ? List.of() : List.of(limit));
            assertThat(verdict).isEqualTo(new Verdict.Exhausted(scope, until, daily, until.equals(NOW.plusSeconds(5)), verdict.limits(),
                    GoogleErrorReader.read(429, bytes(body)).message(), Optional.empty()));
        });
    }

    @Test
    void everyLimitThatIsToldIsTold() {
        String body = error(429, QUOTA, "x", quota(violation(MINUTE, "10"), violation(DAY, "20"),
                violation("GenerateContentInputTokensPerModelPerMinute-FreeTier", "250000")));
        assertThat(judge(body)).isInstanceOfSatisfying(Verdict.Exhausted.class, verdict -> assertThat(verdict.limits()).containsExactly(
                new Verdict.Limit(Verdict.Measure.REQUESTS_PER_MINUTE, 10), new Verdict.Limit(Verdict.Measure.REQUESTS_PER_DAY, 20),
                new Verdict.Limit(Verdict.Measure.INPUT_TOKENS_PER_MINUTE, 250_000)));
    }

    @Test
    void aLimitOfTokensADayIsNotTakenForOneOfRequests() {
        String body = error(429, QUOTA, "x", quota(violation("GenerateContentInputTokensPerModelPerDay", "1000")));
        assertThat(judge(body)).isInstanceOfSatisfying(Verdict.Exhausted.class, verdict -> assertThat(verdict.limits()).isEmpty());
    }

    @Test
    void aQuotaErrorThatNamesItsProjectTeachesIt() {
        assertThat(judge(error(429, QUOTA, "x", info("RATE_LIMIT_EXCEEDED", "consumer", "projects/42"))))
                .isInstanceOfSatisfying(Verdict.Exhausted.class, verdict -> assertThat(verdict.consumer()).contains("42"));
    }

    static Stream<String> modelsWithoutQuota() {
        return Stream.of(GeminiSamples.E, GeminiSamples.F, error(429, QUOTA, "x", quota(violation(DAY, "0")), retryInfo("5s")),
                error(429, QUOTA, "limit:0"), error(429, QUOTA, quotaMessage("0"), quota(violation(MINUTE, ""), violation(DAY, ""))));
    }

    @ParameterizedTest
    @MethodSource
    void modelsWithoutQuota(String body) {
        assertThat(judge(body)).isInstanceOfSatisfying(Verdict.ModelUnavailable.class, missing -> {
            assertThat(missing.scope()).isEqualTo(Scope.PROJECT_MODEL);
            assertThat(missing.quota()).isTrue();
            assertThat(missing.until()).isEqualTo(NOW.plus(Duration.ofHours(24)));
        });
    }

    static Stream<String> missingModels() {
        return Stream.of(GeminiSamples.M, error(404, "NOT_FOUND", ""), "<html>404</html>");
    }

    @ParameterizedTest
    @MethodSource
    void missingModels(String body) {
        assertThat(judge(404, body)).isInstanceOfSatisfying(Verdict.ModelUnavailable.class, missing -> {
            assertThat(missing.scope()).isEqualTo(Scope.KEY_MODEL);
            assertThat(missing.quota()).isFalse();
            assertThat(missing.until()).isEqualTo(NOW.plus(Duration.ofHours(1)));
        });
    }

    static Stream<Arguments> nobodysFault() {
        return Stream.of(arguments(GeminiSamples.J, -1), arguments(GeminiSamples.K, -1), arguments(GeminiSamples.P_CAPACITY, 9),
                arguments(error(503, "UNAVAILABLE", "This model is currently experiencing high demand."), -1),
                arguments(error(503, "UNAVAILABLE", "x", retryInfo("30s")), 30), arguments(error(503, "UNAVAILABLE", "x", retryInfo("9h")),
                        300));
    }

    @ParameterizedTest
    @MethodSource
    void nobodysFault(String body, long seconds) {
        assertThat(judge(body)).isInstanceOfSatisfying(Verdict.Overloaded.class, overloaded -> assertThat(overloaded.until())
                .isEqualTo(seconds < 0 ? Optional.empty() : Optional.of(NOW.plusSeconds(seconds))));
    }

    static Stream<Arguments> worthOneMoreTry() {
        return Stream.of(arguments(GeminiSamples.U_INTERNAL, 500), arguments(GeminiSamples.U_DEADLINE, 504),
                arguments(GeminiSamples.U_CANCELLED, 499), arguments(error(502, "", "x"), 502), arguments(error(409, "ABORTED", "x"), 409),
                arguments(error(403, "PERMISSION_DENIED", "The caller does not have permission"), 403));
    }

    @ParameterizedTest
    @MethodSource
    void worthOneMoreTry(String body, int status) {
        assertThat(judge(body)).isInstanceOfSatisfying(Verdict.RetryOnce.class, again -> assertThat(again.status()).isEqualTo(status));
    }

    @Test
    void objectsOfAnotherProject() {
        assertThat(judge(GeminiSamples.R)).isInstanceOf(Verdict.WrongOwner.class);
        assertThat(judge(GeminiSamples.S)).isInstanceOf(Verdict.WrongOwner.class);
        assertThat(judge(GeminiSamples.B)).isNotInstanceOf(Verdict.WrongOwner.class);
    }

    @Test
    void placesThatAreNotServed() {
        assertThat(judge(GeminiSamples.L)).isEqualTo(new Verdict.RegionRefused("User location is not supported for the API use."));
    }

    static Stream<Arguments> wrongRequests() {
        return Stream.of(arguments(GeminiSamples.N, 400, false), arguments(GeminiSamples.N2, 400, false),
                arguments(GeminiSamples.O, 400, false),
                arguments(GeminiSamples.T, 400, true), arguments(GeminiSamples.U_TOO_LARGE, 413, false),
                arguments(error(413, "INVALID_ARGUMENT", "x"), 413, false), arguments(error(400, "FAILED_PRECONDITION", "x"), 400, false),
                arguments(error(400, "INVALID_ARGUMENT",
                        "The input token count is 1100000 but the model only supports up to 1048576."), 400, true),
                arguments(error(405, "", "x"), 405, false),
                arguments(error(404, "NOT_FOUND", "Requested entity was not found."), 404, false));
    }

    @ParameterizedTest
    @MethodSource
    void wrongRequests(String body, int status, boolean contextLength) {
        String message = GoogleErrorReader.read(status, bytes(body)).message();
        assertThat(judge(body)).isEqualTo(new Verdict.CallerError(status, contextLength, message));
    }

    /** Google repeats names from the request; none of them may cost a key, a project, or a model. */
    @ParameterizedTest
    @ValueSource(strings = {"API key not valid", "Your API key was reported as leaked", "has been suspended",
        "User location is not supported",
        "enable billing", "Your prepayment credits are depleted", "limit: 0", "API_KEY_INVALID", "are blocked",
        "CachedContent not found",
        "Please retry in 3h", "per_day", "{\\\"error\\\":{\\\"code\\\":401,\\\"message\\\":\\\"x\\\"}}"})
    void aCallerCannotTalkTheGatewayOutOfAKey(String name) {
        assertThat(judge(400, "{\"error\":{\"code\":400,\"message\":\"Invalid JSON payload received. Unknown name \\\"" + name
                + "\\\": Cannot find field.\",\"status\":\"INVALID_ARGUMENT\"}}")).isInstanceOf(Verdict.CallerError.class);
    }

    @ParameterizedTest
    @CsvSource({"500,RESOURCE_EXHAUSTED,429", "8,'',429", "0,UNAVAILABLE,503", "14,'',503", "200,NOT_FOUND,404", "13,'',500", "16,'',401",
        "-7,'',500", "999,'',500", "3,INVALID_ARGUMENT,400"})
    void errorsInsideStreamsHaveOddCodes(int code, String status, int meant) {
        String document = code == 500 ? "{\"error\":{\"message\":\"x\",\"status\":\"" + status + "\"}}" : error(code, status, "x");
        assertThat(GoogleErrorReader.read(code, bytes(document)).code()).isEqualTo(meant);
    }

    @Test
    void messagesAreRedactedAndOfBearableLength() {
        assertThat(UpstreamContract.message(judge(GeminiSamples.C)))
                .isEqualTo("Permission denied: Consumer 'api_key:[redacted]' has been suspended.");
        String odd = "no-usual/key+at=all";
        GoogleError error = GoogleErrorReader.read(400, bytes(error(400, "INVALID_ARGUMENT", "Not " + odd + "!")));
        assertThat(UpstreamContract.message(GeminiFailures.verdict(error, NOW, Secret.of(odd)))).isEqualTo("Not [redacted]!");
        assertThat(UpstreamContract.message(judge(error(400, "INVALID_ARGUMENT", "a" + "\uD83D\uDE00".repeat(50_000))))).hasSize(4_000)
                .endsWith("\uD83D\uDE00…");
    }

    @Test
    void whatIsNoDocumentIsJudgedByItsStatus() {
        assertThat(judge(502, "<html>Bad Gateway</html>")).isEqualTo(new Verdict.RetryOnce(502, "The provider answered with status 502."));
        assertThat(judge(429, "")).isInstanceOf(Verdict.Exhausted.class);
        assertThat(judge(503, "upstream connect error")).isInstanceOf(Verdict.Overloaded.class);
    }
}
