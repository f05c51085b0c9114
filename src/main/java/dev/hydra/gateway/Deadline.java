package dev.hydra.gateway;

import java.time.Duration;

/** The one moment by which a request must be answered, whatever is tried for it (design §4). Immune to changes of the wall clock. */
record Deadline(long nanos) {
    private static final Duration SHORTEST = Duration.ofMillis(1);

    static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** Never negative. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
    }

    boolean passed() {
        return nanos - System.nanoTime() <= 0;
    }

    /** The shorter of {@code wish} and what is left; never less than a millisecond, because sockets take 0 for no limit at all. */
    Duration atMost(Duration wish) {
        Duration left = left();
        Duration shorter = wish.compareTo(left) < 0 ? wish : left;
        return shorter.compareTo(SHORTEST) < 0 ? SHORTEST : shorter;
    }
}
