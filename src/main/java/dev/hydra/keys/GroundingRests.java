package dev.hydra.keys;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Keys that have no quota left for a model's own web search, which is a quota beside the model's: requests without a search go on (spec mapping §4.2, class
 * "unknown 429", grounding variant). Known to this process alone; another one, and the next one, learn it from one 429 of each key. Safe for use by many
 * threads.
 */
final class GroundingRests {
    private final Map<Place, Known> rests = new ConcurrentHashMap<>();
    private volatile long latest = Long.MIN_VALUE;

    private record Place(String key, String model) {
    }

    /** @param guesses ends in a row that were guessed */
    private record Known(Rest rest, int guesses) {
    }

    /** Notes that a key is used up. @param guessed whether the provider told no end, so that it is made later each time */
    void put(String key, String model, Rest rest, boolean guessed, Instant now) {
        Known known = rests.compute(new Place(key, model), (place, before) -> {
            int guesses = before == null ? 0 : before.guesses;
            return guessed ? new Known(Backoff.guess(rest, guesses, now), guesses + 1) : new Known(rest, 0);
        });
        latest = Math.max(latest, known.rest.until().toEpochMilli());
    }

    /** A search has worked. */
    void end(String key, String model) {
        rests.remove(new Place(key, model));
    }

    /** Whether there is any, so that it is worth finding out whether a request searches. */
    boolean any(Instant now) {
        return now.toEpochMilli() < latest;
    }

    /** The keys that rest for the model, with others. */
    Set<String> with(Collection<String> others, String model, Instant now) {
        Set<String> all = new HashSet<>(others);
        resting(model, now).forEach(entry -> all.add(entry.getKey().key));
        return all;
    }

    /** The rest that ends first. */
    Optional<Rest> first(String model, Instant now) {
        return resting(model, now).map(entry -> entry.getValue().rest).min(Comparator.comparing(Rest::until));
    }

    private Stream<Map.Entry<Place, Known>> resting(String model, Instant now) {
        return rests.entrySet().stream().filter(entry -> entry.getKey().model.equals(model) && entry.getValue().rest.until().isAfter(now));
    }

    void clear() {
        rests.clear();
        latest = Long.MIN_VALUE;
    }
}
