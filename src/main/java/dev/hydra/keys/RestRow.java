package dev.hydra.keys;

import dev.hydra.keys.Snapshot.Place;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A stored rest. */
@Entity
@Table(name = "pool_rest")
class RestRow {
    static final int LONGEST_REASON = 1000;

    @Id
    String id = "";
    @Enumerated(EnumType.STRING)
    Scope scope = Scope.KEY;
    String owner = "";
    String model = "";
    Instant ends = Instant.EPOCH;
    @Enumerated(EnumType.STRING)
    Rest.Kind kind = Rest.Kind.QUOTA;
    String reason = "";

    /** For Hibernate. */
    RestRow() {
    }

    RestRow(Place place, Rest rest) {
        this.id = id(place);
        this.scope = place.scope();
        this.owner = place.owner();
        this.model = place.model();
        this.ends = rest.until();
        this.kind = rest.kind();
        this.reason = cut(rest.reason(), LONGEST_REASON);
    }

    static String id(Place place) {
        return place.scope() + "|" + place.owner() + "|" + place.model();
    }

    /** At most so many characters, and none that PostgreSQL refuses: NUL and half of a surrogate pair, which a cut leaves too. */
    static String cut(String text, int longest) {
        StringBuilder clean = new StringBuilder(text.length() <= longest ? text : text.substring(0, longest));
        for (int i = 0; i < clean.length(); i++) {
            char c = clean.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < clean.length() && Character.isLowSurrogate(clean.charAt(i + 1))) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                clean.setCharAt(i, '?');
            }
        }
        return clean.toString();
    }

    Place place() {
        return new Place(scope, owner, model);
    }

    Rest rest() {
        return new Rest(ends, kind, reason);
    }
}
