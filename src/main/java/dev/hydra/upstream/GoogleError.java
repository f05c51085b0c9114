package dev.hydra.upstream;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What an error document of a Google API says. Nothing in it is redacted.
 *
 * @param code     HTTP status, 400 to 599
 * @param status   name of the canonical code, e.g. {@code RESOURCE_EXHAUSTED}; empty when not told
 * @param message  the innermost message; empty when there is none
 * @param reasons  all reasons of ErrorInfo
 * @param quota    what it says about quotas
 * @param consumer number or id of the project that it names
 */
record GoogleError(int code, String status, String message, Set<String> reasons, Quota quota, Optional<String> consumer) {

    /** @param violations quotas that are used up; {@code retryDelay} as told by RetryInfo or else by the message */
    record Quota(List<Violation> violations, Optional<Duration> retryDelay) {
        static final Quota NONE = new Quota(List.of(), Optional.empty());
    }

    /** A quota that is used up. @param id its quotaId, {@code metric} its metric's name, {@code value} its size; empty when not told */
    record Violation(String id, String metric, String value) {
        boolean mentions(String... words) {
            String names = (id + ' ' + metric).toLowerCase(Locale.ROOT);
            for (String word : words) {
                if (names.contains(word)) {
                    return true;
                }
            }
            return false;
        }

        boolean daily() {
            return mentions("perday", "per_day", "daily");
        }

        boolean perMinute() {
            return mentions("perminute", "per_minute");
        }
    }

    boolean hasReason(String... any) {
        for (String reason : any) {
            if (reasons.contains(reason)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the message begins so. Only a beginning is Google's own: field names that a caller chose are repeated further on. */
    boolean begins(String... any) {
        for (String beginning : any) {
            if (message.regionMatches(true, 0, beginning, 0, beginning.length())) {
                return true;
            }
        }
        return false;
    }

    /** Whether the message has one of these anywhere. For errors that do not repeat a caller's text. */
    boolean says(String... any) {
        String lower = message.toLowerCase(Locale.ROOT);
        for (String words : any) {
            if (lower.contains(words)) {
                return true;
            }
        }
        return false;
    }
}
