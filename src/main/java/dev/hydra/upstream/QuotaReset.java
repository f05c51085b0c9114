package dev.hydra.upstream;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** When a daily quota of Google is whole again: midnight Pacific time, whether that day has 23, 24 or 25 hours (spec mapping §4.4). */
final class QuotaReset {
    private static final ZoneId PACIFIC = ZoneId.of("America/Los_Angeles");
    /** Google's clock and ours differ, and its counters do not all change at once. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private QuotaReset() {
    }

    /** The next reset after {@code now}, a margin of 10 s included. */
    static Instant after(Instant now) {
        return now.atZone(PACIFIC).toLocalDate().plusDays(1).atStartOfDay(PACIFIC).toInstant().plus(MARGIN);
    }
}
