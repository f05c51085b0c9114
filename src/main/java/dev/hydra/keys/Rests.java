package dev.hydra.keys;

import dev.hydra.keys.Snapshot.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All rests, by whom they concern: the one source of truth that the rotas are made from. Not thread-safe. */
final class Rests {
    /** No quota lasts longer than a day; 30 hours leave room for a clock that is off and for a day of 25 hours. */
    static final Duration LONGEST = Duration.ofHours(30);
    /** Callers can invent names of models, each of which leaves a rest per key tried. */
    private static final int MOST = 200_000;

    private final Map<Place, Rest> rests = new HashMap<>();

    /** Notes a rest; one that ends later stays. */
    void put(Place place, Rest rest, long now) {
        if (rests.size() >= MOST) {
            makeRoom(now);
        }
        Instant longest = Instant.ofEpochMilli(now).plus(LONGEST);
        // Whole milliseconds, never too early.
        Instant until = rest.until().isAfter(longest) ? longest : Instant.ofEpochMilli(rest.until().plusNanos(999_999).toEpochMilli());
        rests.merge(place, new Rest(until, rest.kind(), rest.reason()), Rest::later);
    }

    /** The rest that lasts beyond {@code now}; null when there is none. */
    @Nullable
    Rest find(Scope scope, String owner, String model, long now) {
        if (rests.isEmpty()) {
            return null;
        }
        Place place = new Place(scope, owner, model);
        Rest rest = rests.get(place);
        if (rest == null || rest.until().toEpochMilli() > now) {
            return rest;
        }
        rests.remove(place);
        return null;
    }

    /** Ends a rest if it is of this kind. */
    void remove(Place place, Rest.Kind kind) {
        Rest rest = rests.get(place);
        if (rest != null && rest.kind() == kind) {
            rests.remove(place);
        }
    }

    /** What concerns one project now also concerns the other. */
    void inherit(String from, String to, long now) {
        for (Map.Entry<Place, Rest> entry : Map.copyOf(rests).entrySet()) {
            Place place = entry.getKey();
            if (place.owner().equals(from) && (place.scope() == Scope.PROJECT || place.scope() == Scope.PROJECT_MODEL)) {
                put(new Place(place.scope(), to, place.model()), entry.getValue(), now);
            }
        }
    }

    /** Those that last beyond {@code now}. */
    Map<Place, Rest> lasting(long now) {
        rests.values().removeIf(rest -> rest.until().toEpochMilli() <= now);
        return new HashMap<>(rests);
    }

    /** Ends all rests of a kind. @return whether there was one */
    boolean removeAll(Rest.Kind kind) {
        return rests.values().removeIf(rest -> rest.kind() == kind);
    }

    int clear() {
        int count = rests.size();
        rests.clear();
        return count;
    }

    private void makeRoom(long now) {
        rests.values().removeIf(rest -> rest.until().toEpochMilli() <= now);
        int surplus = rests.size() - MOST * 9 / 10;
        for (Iterator<Rest> all = rests.values().iterator(); surplus > 0 && all.hasNext();) {
            if (all.next().kind() == Rest.Kind.NO_MODEL) {
                all.remove();
                surplus--;
            }
        }
    }
}
