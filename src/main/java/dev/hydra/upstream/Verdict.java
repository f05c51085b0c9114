package dev.hydra.upstream;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a provider's answer means for the key, the project, the model and the client (spec mapping §4.2).
 *
 * <p>{@code message} is the provider's text with all key material removed; it may be shown to the client.
 */
public sealed interface Verdict {

    /** The provider answers the request. */
    record Accepted() implements Verdict {
    }

    /**
     * A quota is used up; another key may have some.
     *
     * @param until when it is worth asking again
     * @param daily whether it is a day's quota or money, which clients are told as {@code insufficient_quota}
     * @param guessed whether the provider told neither a time nor the quota's period, so that {@code until} is a guess that should grow when it repeats
     * @param limits sizes of the quotas that are used up, where the provider told them
     * @param consumer number or id of the key's project, where the provider named it
     */
    record Exhausted(Scope scope, Instant until, boolean daily, boolean guessed, List<Limit> limits, String message,
            Optional<String> consumer) implements Verdict {
    }

    /**
     * The key (or all keys of its project) is of no use any more.
     *
     * @param reason   short word for the operator, e.g. {@code API_KEY_INVALID}
     * @param consumer number or id of the key's project, where the provider named it
     */
    record Rejected(Scope scope, String reason, String message, Optional<String> consumer) implements Verdict {
    }

    /** The model is not there for this key's project; another may have it. @param quota true: it exists but with a quota of zero */
    record ModelUnavailable(Scope scope, Instant until, boolean quota, String message) implements Verdict {
    }

    /** The provider has no capacity; nobody's fault. */
    record Overloaded(Optional<Instant> until, String message) implements Verdict {
    }

    /** The provider failed inside (500, 502, 504, cut connection), or refused without telling whom (403); once more is worth it. */
    record RetryOnce(int status, String message) implements Verdict {
    }

    /** The request names an object of another project. */
    record WrongOwner(String message) implements Verdict {
    }

    /** The provider does not serve the place that the call came from; no key helps. */
    record RegionRefused(String message) implements Verdict {
    }

    /** The request itself is wrong; never another key. @param contextLength the input is longer than the model takes */
    record CallerError(int status, boolean contextLength, String message) implements Verdict {
    }

    /** A quota's size as the provider told it ({@code quotaValue}). @param value positive */
    record Limit(Measure measure, long value) {
    }

    /** What a quota counts. */
    enum Measure {
        REQUESTS_PER_MINUTE, INPUT_TOKENS_PER_MINUTE, REQUESTS_PER_DAY
    }

    /** Whom a verdict concerns. */
    enum Scope {
        KEY, PROJECT, PROJECT_MODEL, KEY_MODEL,
        /** The key's use of the model with the model's own web search. */
        GROUNDING
    }
}
