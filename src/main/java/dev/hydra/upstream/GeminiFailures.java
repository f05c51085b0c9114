package dev.hydra.upstream;

import dev.hydra.secret.Redaction;
import dev.hydra.secret.Secret;
import dev.hydra.upstream.GoogleError.Violation;
import dev.hydra.upstream.Verdict.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the Gemini API's errors mean: spec mapping §4.2 as a list of rules of which the first that fits decides.
 *
 * <p>An error that would cost a key or project is told by its reason or by the beginning of its message, because Google repeats names that
 * a caller chose further on in a message.
 */
final class GeminiFailures {
    private static final Duration NO_QUOTA_FOR = Duration.ofHours(24);
    /** Between the 6 and 24 hours of the spec the shortest, so that a top-up is noticed the same day. */
    private static final Duration NO_MONEY_FOR = Duration.ofHours(6);
    private static final Duration MODEL_MISSING_FOR = Duration.ofHours(1);
    private static final Duration MINUTE_QUOTA_DEFAULT = Duration.ofSeconds(60);
    private static final Duration LONGEST_MINUTE_QUOTA = Duration.ofMinutes(5);
    private static final Duration MINUTE_QUOTA_MARGIN = Duration.ofSeconds(1);
    /** The first of the spec's steps; the pool knows how often it came. */
    private static final Duration UNKNOWN_QUOTA_FOR = Duration.ofSeconds(5);
    private static final Duration FEATURE_QUOTA_FOR = Duration.ofSeconds(15);
    private static final int LONGEST_MESSAGE = 4_000;

    private static final Pattern NO_LIMIT = Pattern.compile("limit:\\s*0(?!\\d|\\.\\d)");
    private static final Pattern LIMIT = Pattern.compile("limit:\\s*([1-9]\\d{0,14}+)(?!\\d|\\.\\d)");

    private static final List<Rule> RULES = List.of(
            new Rule(GeminiFailures::badKey, c -> c.rejected(Scope.KEY, c.firstReason("API_KEY_INVALID", "ACCESS_TOKEN_TYPE_UNSUPPORTED",
                    "CREDENTIALS_MISSING").orElse(c.error.code() == 401 ? "UNAUTHENTICATED" : "API_KEY_INVALID"))),
            new Rule(e -> e.begins("Your API key was reported as leaked"), c -> c.rejected(Scope.KEY, "API_KEY_LEAKED")),
            new Rule(GeminiFailures::suspended, c -> c.rejected(Scope.PROJECT, "CONSUMER_SUSPENDED")),
            new Rule(GeminiFailures::blocked, c -> c.rejected(Scope.KEY, c.blockedReason())),
            new Rule(e -> e.begins("User location is not supported"), c -> new Verdict.RegionRefused(c.message)),
            new Rule(GeminiFailures::noMoney, c -> c.exhausted(Scope.PROJECT, c.now.plus(NO_MONEY_FOR), true)),
            new Rule(GeminiFailures::paidFeature, c -> c.feature(true)),
            new Rule(GeminiFailures::grounding, Case::grounding),
            new Rule(GeminiFailures::noQuota,
                    c -> new Verdict.ModelUnavailable(Scope.PROJECT_MODEL, c.now.plus(NO_QUOTA_FOR), true, c.message)),
            new Rule(GeminiFailures::dailyQuota, c -> c.exhausted(Scope.PROJECT_MODEL, QuotaReset.after(c.now), true)),
            new Rule(GeminiFailures::noCapacity, c -> new Verdict.Overloaded(c.delay().map(c.now::plus), c.message)),
            new Rule(GeminiFailures::minuteQuota, c -> c.exhausted(Scope.PROJECT_MODEL,
                    c.now.plus(c.delay().map(MINUTE_QUOTA_MARGIN::plus).orElse(MINUTE_QUOTA_DEFAULT)), false)),
            new Rule(GeminiFailures::quota, c -> c.unknown()),
            new Rule(e -> e.begins("You do not have permission to access the File", "CachedContent not found"),
                    c -> new Verdict.WrongOwner(c.message)),
            new Rule(GeminiFailures::failedInside, c -> new Verdict.RetryOnce(c.error.code(), c.message)),
            new Rule(GeminiFailures::noModel,
                    c -> new Verdict.ModelUnavailable(Scope.KEY_MODEL, c.now.plus(MODEL_MISSING_FOR), false, c.message)),
            new Rule(e -> e.code() == 413 || e.begins("Request payload size exceeds the limit"),
                    c -> new Verdict.CallerError(413, false, c.message)),
            new Rule(e -> true, c -> new Verdict.CallerError(c.error.code(), tooManyTokens(c.error), c.message)));

    private GeminiFailures() {
    }

    private record Rule(Predicate<GoogleError> test, Function<Case, Verdict> meaning) {
    }

    /** What an error means. @param key the key that was used, whose text must not come back */
    static Verdict verdict(GoogleError error, Instant now, Secret key) {
        String told = error.message().isEmpty() ? "The provider answered with status " + error.code() + "." : error.message();
        Case current = new Case(error, now, shortened(Redaction.text(told, key)));
        for (Rule rule : RULES) {
            if (rule.test.test(error)) {
                return rule.meaning.apply(current);
            }
        }
        throw new IllegalStateException("the last rule fits everything");
    }

    private static String shortened(String message) {
        if (message.length() <= LONGEST_MESSAGE) {
            return message;
        }
        boolean splitsPair = Character.isHighSurrogate(message.charAt(LONGEST_MESSAGE - 1));
        return message.substring(0, splitsPair ? LONGEST_MESSAGE - 1 : LONGEST_MESSAGE) + "…";
    }

    /** Sample A; §4.0. A 401 is always about the credential. */
    private static boolean badKey(GoogleError e) {
        return e.hasReason("API_KEY_INVALID", "ACCESS_TOKEN_TYPE_UNSUPPORTED", "CREDENTIALS_MISSING") || e.code() == 401
                || e.begins("API key not valid", "API key not found", "API key expired", "Method doesn't allow unregistered callers");
    }

    private static boolean suspended(GoogleError e) {
        return e.hasReason("CONSUMER_SUSPENDED") || e.begins("Permission denied: Consumer") && e.says("has been suspended");
    }

    private static boolean blocked(GoogleError e) {
        return e.hasReason("SERVICE_DISABLED", "VALIDATION_REQUIRED") || e.reasons().stream().anyMatch(GeminiFailures::isBlockedReason)
                || e.code() == 403 && (e.begins("Generative Language API has not been used in project")
                        || e.begins("Requests to this API") && e.says("are blocked"));
    }

    private static boolean isBlockedReason(String reason) {
        return reason.startsWith("API_KEY_") && reason.endsWith("_BLOCKED");
    }

    /** Sample V. An ordinary quota error speaks of billing details too. */
    private static boolean noMoney(GoogleError e) {
        return e.code() == 402 || e.hasReason("BILLING_DISABLED") || quota(e) && e.says("credits are depleted", "prepayment credits")
                || e.begins("Gemini API free tier is not available");
    }

    /** What the request asks for is not free; anything else on the same key may be. */
    private static boolean paidFeature(GoogleError e) {
        return e.status().equals("FAILED_PRECONDITION") && e.says("enable billing");
    }

    private static boolean quota(GoogleError e) {
        return e.code() == 429 || e.status().equals("RESOURCE_EXHAUSTED");
    }

    /** The model answers without its search tool; so neither its day nor its model is used up. */
    private static boolean grounding(GoogleError e) {
        List<Violation> violations = e.quota().violations();
        return quota(e)
                && (violations.isEmpty() ? e.says("grounding") : violations.stream().allMatch(v -> v.mentions("grounding", "search")));
    }

    /** Samples E and F. The delay that comes with them means nothing. */
    private static boolean noQuota(GoogleError e) {
        List<Violation> violations = e.quota().violations();
        boolean everyQuotaAtOnce = violations.size() >= 3 && violations.stream().allMatch(v -> v.value().isEmpty())
                && violations.stream().anyMatch(Violation::daily) && violations.stream().anyMatch(Violation::perMinute);
        return quota(e)
                && (everyQuotaAtOnce || violations.stream().anyMatch(v -> v.value().equals("0")) || NO_LIMIT.matcher(e.message()).find());
    }

    /** Before the delay is looked at, which can be 10 s although the day is used up. */
    private static boolean dailyQuota(GoogleError e) {
        List<Violation> violations = e.quota().violations();
        return quota(e) && (e.hasReason("QUOTA_EXHAUSTED") || violations.stream().anyMatch(Violation::daily)
                || violations.isEmpty() && e.says("per_day", "perday", "per day"));
    }

    /** Samples J and K. */
    private static boolean noCapacity(GoogleError e) {
        return e.code() == 503 || e.hasReason("MODEL_CAPACITY_EXHAUSTED")
                || quota(e) && e.quota().violations().isEmpty() && e.begins("Resource exhausted. Please try again later");
    }

    private static boolean minuteQuota(GoogleError e) {
        return quota(e) && (!e.quota().violations().isEmpty() || e.quota().retryDelay().isPresent() || e.hasReason("RATE_LIMIT_EXCEEDED"));
    }

    /**
     * Sample U. Also a 403 of no known text: another key may help, but nobody is blamed,
     because a caller can cause it for every key in turn,
     * for example with the address of a private video.
     */
    private static boolean failedInside(GoogleError e) {
        return e.code() >= 500 || e.code() == 499 || e.code() == 408 || e.code() == 409 || e.code() == 403;
    }

    /** Sample M. Another thing that is not found, a file say, must not take the model from everybody. */
    private static boolean noModel(GoogleError e) {
        return e.code() == 404
                && (e.message().isEmpty() || e.begins("models/", "tunedModels/", "Model ", "The model", "Publisher Model", "model:"));
    }

    /** Sample T and the words of other endpoints. */
    private static boolean tooManyTokens(GoogleError e) {
        return e.says("token count") && e.says("exceeds the maximum number of tokens", "only supports up to");
    }

    /** An error and what its verdict is made of. @param message shown to clients: redacted, of bearable length */
    private record Case(GoogleError error, Instant now, String message) {
        Verdict rejected(Scope scope, String reason) {
            return new Verdict.Rejected(scope, reason, message, error.consumer());
        }

        Verdict exhausted(Scope scope, Instant until, boolean daily) {
            return new Verdict.Exhausted(scope, until, daily, false, limits(daily), message, error.consumer());
        }

        /** A quota of one feature; the model's own are not known by it. */
        Verdict feature(boolean daily) {
            return new Verdict.Exhausted(Scope.KEY_MODEL, now.plus(FEATURE_QUOTA_FOR), daily, false, List.of(), message, error.consumer());
        }

        /** The delay that comes with a day's quota means nothing. */
        Verdict grounding() {
            boolean daily = error.quota().violations().stream().anyMatch(Violation::daily);
            Instant until = daily ? QuotaReset.after(now) : now.plus(delay().map(MINUTE_QUOTA_MARGIN::plus).orElse(UNKNOWN_QUOTA_FOR));
            return new Verdict.Exhausted(Scope.GROUNDING, until, daily, !daily && delay().isEmpty(), List.of(), message, error.consumer());
        }

        Verdict unknown() {
            return new Verdict.Exhausted(Scope.KEY_MODEL, now.plus(UNKNOWN_QUOTA_FOR), false, true, List.of(), message, error.consumer());
        }

        Optional<String> firstReason(String... candidates) {
            for (String candidate : candidates) {
                if (error.hasReason(candidate)) {
                    return Optional.of(candidate);
                }
            }
            return Optional.empty();
        }

        String blockedReason() {
            return error.reasons().stream().filter(GeminiFailures::isBlockedReason).min(String::compareTo)
                    .or(() -> firstReason("SERVICE_DISABLED", "VALIDATION_REQUIRED"))
                    .orElse(error.begins("Requests to this API") ? "API_KEY_SERVICE_BLOCKED" : "SERVICE_DISABLED");
        }

        Optional<Duration> delay() {
            return error.quota().retryDelay().map(told -> told.compareTo(LONGEST_MINUTE_QUOTA) > 0 ? LONGEST_MINUTE_QUOTA : told);
        }

        /** Those that were told; where no violation tells one, the one in the message, which is of the kind that decided. */
        private List<Verdict.Limit> limits(boolean daily) {
            List<Violation> told = error.quota().violations().stream().filter(violation -> !violation.value().isEmpty()).toList();
            if (told.isEmpty()) {
                return limit(daily, error.says("token"), error.message()).stream().toList();
            }
            return told.stream().filter(violation -> violation.daily() || violation.perMinute())
                    .flatMap(violation -> limit(violation.daily(), violation.mentions("token"), "limit: " + violation.value()).stream())
                    .toList();
        }

        /** Empty also for tokens a day, which the pool does not count. */
        private static Optional<Verdict.Limit> limit(boolean daily, boolean tokens, String text) {
            Matcher limit = LIMIT.matcher(text);
            if (daily && tokens || !limit.find()) {
                return Optional.empty();
            }
            Verdict.Measure perMinute = tokens ? Verdict.Measure.INPUT_TOKENS_PER_MINUTE : Verdict.Measure.REQUESTS_PER_MINUTE;
            return Optional.of(new Verdict.Limit(daily ? Verdict.Measure.REQUESTS_PER_DAY : perMinute, Long.parseLong(limit.group(1))));
        }
    }
}
