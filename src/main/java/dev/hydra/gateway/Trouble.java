package dev.hydra.gateway;

import dev.hydra.dialect.Failure;
import dev.hydra.dialect.Failure.Kind;
import dev.hydra.gateway.Attempts.Result.Judged;
import dev.hydra.upstream.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What went wrong while nobody could answer, and which of it the client is told: the failure of the highest {@link Rank}, the latest among
 * equals.
 */
final class Trouble {
    private static final Failure NOTHING_TRIED = Failure.of(Kind.UNAVAILABLE, "No provider could be asked.");

    private final Clock clock;
    private Rank rank = Rank.NONE;
    private Failure failure = NOTHING_TRIED;
    private Instant restsUntil = Instant.MAX;

    Trouble(Clock clock) {
        this.clock = clock;
    }

    /** From what says least to what says most about what the client should do. */
    enum Rank {
        NONE, NO_KEYS, NO_MODEL, DAILY_QUOTA, RATE_LIMIT, PROVIDER_ERROR, ALL_RESTING, OVERLOADED, FINAL
    }

    /**
     * All keys rest until {@code until}: the pool's own word, which says more than any single key's failure.
     *
     * <p>Details of a provider's quota of the same period stay: Gemini's clients know a period by them alone.
     */
    void resting(Instant until, boolean daily, String message) {
        if (rank != Rank.ALL_RESTING || until.isBefore(restsUntil)) {
            restsUntil = until;
            Failure pools = quota(until, daily, message, clock.instant());
            note(Rank.ALL_RESTING, pools.kind() == failure.kind() ? pools.with(failure.details()) : pools);
        }
    }

    /** The operator's cap is reached, and nothing else is to be tried. */
    void capped(Instant until, boolean lasting, String message) {
        note(Rank.FINAL, quota(until, lasting, message, clock.instant()));
    }

    /** Notes one more failure. */
    void note(Rank newRank, Failure newFailure) {
        if (newRank.compareTo(rank) >= 0) {
            rank = newRank;
            failure = newFailure;
        }
    }

    /** Notes what a provider said. */
    void note(Judged judged) {
        note(rankOf(judged.verdict()), failureOf(judged, clock.instant()));
    }

    /** What the client is told. */
    Failure failure() {
        return failure;
    }

    private static Rank rankOf(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted accepted -> Rank.NONE;
            case Verdict.Rejected rejected -> Rank.NO_KEYS;
            case Verdict.ModelUnavailable missing -> missing.quota() ? Rank.DAILY_QUOTA : Rank.NO_MODEL;
            case Verdict.Exhausted exhausted -> exhausted.daily() ? Rank.DAILY_QUOTA : Rank.RATE_LIMIT;
            case Verdict.RetryOnce broken -> Rank.PROVIDER_ERROR;
            case Verdict.Overloaded overloaded -> Rank.OVERLOADED;
            case Verdict.WrongOwner owner -> Rank.FINAL;
            case Verdict.RegionRefused region -> Rank.FINAL;
            case Verdict.CallerError error -> Rank.FINAL;
        };
    }

    /** A provider's word as the client is told it, with its details unless the failure is the gateway's trouble. */
    static Failure failureOf(Judged judged, Instant now) {
        Failure failure = failureOf(judged.verdict(), now);
        return judged.verdict() instanceof Verdict.Rejected ? failure : failure.with(judged.details());
    }

    /** A provider's word as the client is told it. A refused key is the gateway's trouble, not the client's: never a 401 (spec mapping §4.2). */
    private static Failure failureOf(Verdict verdict, Instant now) {
        return switch (verdict) {
            case Verdict.Accepted accepted -> NOTHING_TRIED;
            case Verdict.Rejected rejected -> Failure.of(Kind.UNAVAILABLE,
                    "No usable provider key is left; the last one was refused (" + rejected.reason() + ").");
            case Verdict.ModelUnavailable missing ->
                Failure.of(missing.quota() ? Kind.QUOTA_EXHAUSTED : Kind.MODEL_NOT_FOUND, missing.message());
            case Verdict.Exhausted exhausted -> quota(exhausted.until(), exhausted.daily(), exhausted.message(), now);
            case Verdict.RetryOnce broken -> Failure.of(broken.status() == 504 ? Kind.TIMEOUT : Kind.PROVIDER_ERROR, broken.message());
            case Verdict.Overloaded overloaded -> new Failure(Kind.OVERLOADED, overloaded.message(), "",
                    overloaded.until().map(until -> wait(until, now)));
            case Verdict.WrongOwner owner -> Failure.of(Kind.NOT_FOUND, owner.message());
            case Verdict.RegionRefused region -> Failure.of(Kind.REGION, region.message());
            case Verdict.CallerError error -> Failure.of(kindOf(error), error.message());
        };
    }

    private static Failure quota(Instant until, boolean daily, String message, Instant now) {
        return new Failure(daily ? Kind.QUOTA_EXHAUSTED : Kind.RATE_LIMITED, message, "", Optional.of(wait(until, now)));
    }

    private static Duration wait(Instant until, Instant now) {
        Duration wait = Duration.between(now, until);
        return wait.isPositive() ? wait : Duration.ofSeconds(1);
    }

    private static Kind kindOf(Verdict.CallerError error) {
        if (error.contextLength()) {
            return Kind.CONTEXT_LENGTH;
        }
        return error.status() == 413 ? Kind.TOO_LARGE : Kind.INVALID_REQUEST;
    }
}
