package dev.hydra.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When disabled keys are tested again: what was refused by mistake, or was put in order at Google, comes back by itself (product POOL-4). Each test that
 * fails doubles the pause before the next one. In memory alone: after a start all begin anew. Not thread-safe.
 */
final class Retests {
    private static final Duration FIRST = Duration.ofMinutes(10);
    private static final Duration LONGEST = Duration.ofHours(24);

    private final Map<String, Due> dues = new HashMap<>();

    private record Due(Instant moment, Duration pause) {
    }

    /** Those to test now. A key that is asked about for the first time waits for the first pause, one that is not named any more is forgotten. */
    List<String> due(Collection<String> disabled, Instant now) {
        dues.keySet().retainAll(disabled);
        disabled.forEach(id -> dues.putIfAbsent(id, new Due(now.plus(FIRST), FIRST)));
        List<String> due = disabled.stream().filter(id -> !dues.getOrDefault(id, new Due(now, FIRST)).moment.isAfter(now)).toList();
        for (String id : due) {
            dues.computeIfPresent(id, (key, last) -> {
                Duration doubled = last.pause.multipliedBy(2);
                Duration pause = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
                return new Due(now.plus(pause), pause);
            });
        }
        return due;
    }
}
