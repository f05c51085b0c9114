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
    private static final int MANY_HOLDS = 20_000;

    private final Map<Place, Rest> rests = new HashMap<>();
    /** What this node alone was told a moment ago, and for a moment: not kept, not shown. */
    private final Map<Place, Rest> holds = new HashMap<>();

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
        if (rests.isEmpty() && holds.isEmpty()) {
            return null;
        }
        Place place = new Place(scope, owner, model);
        return Slot.later(lasting(rests, place, now), lasting(holds, place, now));
    }

    /** The rest itself, be it over or not; null when there is none. */
    @Nullable
    Rest kept(Place place) {
        return rests.get(place);
    }

    private static @Nullable Rest lasting(Map<Place, Rest> among, Place place, long now) {
        Rest rest = among.isEmpty() ? null : among.get(place);
        if (rest == null || rest.until().toEpochMilli() > now) {
            return rest;
        }
        among.remove(place);
        return null;
    }

    /** Leaves somebody alone for a moment. A later word replaces an earlier one. */
    void hold(Place place, Rest rest, long now) {
        if (holds.size() >= MANY_HOLDS) {
            holds.values().removeIf(hold -> hold.until().toEpochMilli() <= now);
        }
        holds.put(place, rest);
    }

    /** Ends a hold. @return whether there was one */
    boolean unhold(Place place) {
        return holds.remove(place) != null;
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
