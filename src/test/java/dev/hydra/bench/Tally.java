package dev.hydra.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How many requests had which end. Safe for use by many threads. */
final class Tally {
    static final String RIGHT = "right";
    /** A whole answer of status 200 that neither has its content nor says why not. */
    static final String WRONG = "wrong";
    /** The client has left. */
    static final String LEFT = "left";

    private final Map<String, Long> ends = new TreeMap<>();

    /** One more. @param end one of the three, else what was wrong */
    synchronized void add(String end) {
        ends.merge(end, 1L, Long::sum);
    }

    /** What has been counted since the last call. */
    synchronized Tally take() {
        Tally taken = new Tally();
        taken.ends.putAll(ends);
        ends.clear();
        return taken;
    }

    synchronized void addAll(Tally other) {
        other.ends.forEach((end, count) -> ends.merge(end, count, Long::sum));
    }

    /** In words. @param length of the time that it was counted in */
    synchronized String line(Duration length) {
        long requests = ends.values().stream().mapToLong(Long::longValue).sum();
        Map<String, Long> errors = new TreeMap<>(ends);
        errors.keySet().removeAll(List.of(RIGHT, WRONG, LEFT));
        long failed = errors.values().stream().mapToLong(Long::longValue).sum();
        return String.format(Locale.ROOT, "%d requests (%.0f/s), %d wrong, %d left, %d errors (%.3f %%)%s", requests,
                requests * 1e9 / length.toNanos(), ends.getOrDefault(WRONG, 0L), ends.getOrDefault(LEFT, 0L), failed,
                100.0 * failed / Math.max(1, requests),
                errors.entrySet().stream().map(error -> error.getKey() + " x" + error.getValue())
                        .collect(Collectors.joining(", ", errors.isEmpty() ? "" : ": ", "")));
    }
}
