package dev.hydra.access;

import java.time.Instant;
import java.util.Optional;

/**
 * What may be told about an access token.
 *
 * @param id       unique, for operators and the record
 * @param name     unique among the tokens that are not revoked
 * @param lastUsed exact to about a minute; empty = never
 * @param expires  empty = never; from this moment on the token is refused
 * @param revoked  when it was revoked; empty = not
 */
public record Token(String id, String name, Instant created, Optional<Instant> lastUsed, Optional<Instant> expires,
        Optional<Instant> revoked) {

    /** Whether it can be used. */
    public enum State {
        ACTIVE, EXPIRED, REVOKED
    }

    /** Its state at a moment. A revoked token is that, expired or not. */
    public State state(Instant now) {
        if (revoked.isPresent()) {
            return State.REVOKED;
        }
        return expires.filter(end -> !now.isBefore(end)).isPresent() ? State.EXPIRED : State.ACTIVE;
    }

    Token usedAt(Instant moment) {
        return new Token(id, name, created, Optional.of(moment), expires, revoked);
    }
}
