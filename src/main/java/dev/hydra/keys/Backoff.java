package dev.hydra.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How failures that are a key's own lead to pauses, each longer than the one before, until a success. */
final class Backoff {
    static final Duration SUSPICION = Duration.ofMinutes(1);
    private static final Duration[] PAUSES = {Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(30), Duration.ofHours(2)};

    /** Rests after 429s that tell neither a time nor a period (spec mapping §4.2). */
    private static final Duration[] GUESSES = {Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(60),
        Duration.ofMinutes(5)};

    private final int threshold;

    /** @param threshold failures in a row that pause a key; positive */
    Backoff(int threshold) {
        this.threshold = threshold;
    }

    /** One more failure. Those of requests that were under way when a pause began do not make it longer. */
    Health failed(Health health, String reason, Instant now) {
        int failures = health.failures() + 1;
        if (failures < threshold || health.pause().filter(pause -> pause.until().isAfter(now)).isPresent()) {
            return new Health(failures, health.pauses(), health.suspicions(), health.pause());
        }
        Duration length = PAUSES[Math.min(health.pauses(), PAUSES.length - 1)];
        Rest pause = new Rest(now.plus(length), Rest.Kind.PAUSED, failures + " failures in a row, the last: " + reason);
        return new Health(failures, health.pauses() + 1, health.suspicions(), Optional.of(pause));
    }

    /** The rest that a guess becomes when it was made so often in a row already. */
    static Rest guess(Rest rest, int before, Instant now) {
        Instant until = now.plus(GUESSES[Math.min(before, GUESSES.length - 1)]);
        return new Rest(until, rest.kind(), rest.reason()).later(rest);
    }

    /** The provider has called the key invalid. */
    Health suspected(Health health, String reason, Instant now) {
        Rest pause = new Rest(now.plus(SUSPICION), Rest.Kind.SUSPECT, reason);
        return new Health(health.failures(), health.pauses(), health.suspicions() + 1,
                Optional.of(health.pause().map(known -> known.later(pause)).orElse(pause)));
    }
}
