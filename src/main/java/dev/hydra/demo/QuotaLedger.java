package dev.hydra.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts the use of every project and model: a minute begins with its first request, a day at midnight in Los Angeles. */
final class QuotaLedger {
    private static final ZoneId PACIFIC = ZoneId.of("America/Los_Angeles");
    private static final long MINUTE = 60_000;

    private record Account(String project, String model) {
    }

    private final Clock clock;
    private final Map<Account, Usage> usages = new ConcurrentHashMap<>();
    private final LongAdder booked = new LongAdder();
    private final LongAdder refused = new LongAdder();

    QuotaLedger(Clock clock) {
        this.clock = clock;
    }

    /** Books a request, or says why it is refused; a refused one counts for nothing. */
    Optional<ApiError> book(SimulatedProject project, String model, long inputTokens) {
        Optional<ApiError> error = judge(project, model, inputTokens);
        (error.isEmpty() ? booked : refused).increment();
        return error;
    }

    long booked() {
        return booked.sum();
    }

    long refused() {
        return refused.sum();
    }

    private Optional<ApiError> judge(SimulatedProject project, String model, long inputTokens) {
        Quota quota = project.quota(model);
        if (quota == Quota.UNLIMITED) {
            return Optional.empty();
        }
        if (quota.requestsPerDay() == 0) {
            return Optional.of(QuotaError.none(model));
        }
        Usage usage = usages.computeIfAbsent(new Account(project.number(), model), a -> new Usage());
        return usage.book(model, quota, inputTokens, clock.millis());
    }

    void clear() {
        usages.clear();
    }

    private static final class Usage {
        private long minuteEnds;
        private long dayEnds;
        private long requestsInMinute;
        private long tokensInMinute;
        private long requestsInDay;

        synchronized Optional<ApiError> book(String model, Quota quota, long tokens, long now) {
            roll(now);
            if (requestsInDay >= quota.requestsPerDay()) {
                return refuse(model, QuotaError.Limit.REQUESTS_PER_DAY, quota.requestsPerDay(), quota, dayEnds - now);
            }
            if (requestsInMinute >= quota.requestsPerMinute()) {
                return refuse(model, QuotaError.Limit.REQUESTS_PER_MINUTE, quota.requestsPerMinute(), quota, minuteEnds - now);
            }
            if (tokens > quota.inputTokensPerMinute() - tokensInMinute) {
                return refuse(model, QuotaError.Limit.TOKENS_PER_MINUTE, quota.inputTokensPerMinute(), quota, minuteEnds - now);
            }
            requestsInDay++;
            requestsInMinute++;
            tokensInMinute += tokens;
            return Optional.empty();
        }

        private static Optional<ApiError> refuse(String model, QuotaError.Limit limit, long value, Quota quota, long millis) {
            return Optional.of(QuotaError.exceeded(model, limit, value, quota.freeTier(), Duration.ofMillis(millis)));
        }

        private void roll(long now) {
            if (now >= minuteEnds) {
                minuteEnds = now + MINUTE;
                requestsInMinute = 0;
                tokensInMinute = 0;
            }
            if (now >= dayEnds) {
                LocalDate today = LocalDate.ofInstant(Instant.ofEpochMilli(now), PACIFIC);
                dayEnds = today.plusDays(1).atStartOfDay(PACIFIC).toInstant().toEpochMilli();
                requestsInDay = 0;
            }
        }
    }
}
