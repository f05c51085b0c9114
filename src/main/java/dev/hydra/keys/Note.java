package dev.hydra.keys;

import dev.hydra.keys.Snapshot.Place;
import java.time.Instant;

/**
 * A rest as Redis and other nodes are told it: by how long it still lasts, since clocks differ.
 *
 * @param field  {@code P} = the project, {@code M|quota}, {@code K|key}, {@code L|key|model}, {@code H|key} = the pause of a key
 * @param left   milliseconds; 0 = there is none any more
 * @param kind   name of a {@link Rest.Kind}; empty with {@code left} 0 = whatever kind it was
 */
record Note(String field, long left, String kind, String reason) {

    static String field(Place place) {
        return switch (place.scope()) {
            case PROJECT -> "P";
            case PROJECT_MODEL -> "M|" + place.model();
            case KEY -> "K|" + place.owner();
            case KEY_MODEL -> "L|" + place.owner() + '|' + place.model();
        };
    }

    static String pause(String key) {
        return "H|" + key;
    }

    static Note of(Place place, Rest rest, long now) {
        return of(field(place), rest, now);
    }

    static Note of(String field, Rest rest, long now) {
        return new Note(field, Math.max(0, rest.until().toEpochMilli() - now), rest.kind().name(), rest.reason());
    }

    static Note none(String field) {
        return new Note(field, 0, "", "");
    }

    boolean isPause() {
        return field.startsWith("H|");
    }

    /** Whom it concerns, of this project. Not for a pause. */
    Place place(String project) {
        String[] parts = field.split("\\|", 3);
        return switch (parts[0]) {
            case "M" -> new Place(Scope.PROJECT_MODEL, project, field.substring(2));
            case "K" -> new Place(Scope.KEY, parts[1], "");
            case "L" -> new Place(Scope.KEY_MODEL, parts[1], parts[2]);
            default -> new Place(Scope.PROJECT, project, "");
        };
    }

    /** The rest by this node's clock. */
    Rest rest(long now) {
        return new Rest(Instant.ofEpochMilli(now + left), Rest.Kind.valueOf(kind), reason);
    }
}
