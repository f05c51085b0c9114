package dev.hydra.access;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A token as it is stored: never the token itself. */
@Entity
class AccessToken {
    @Id
    String id = "";
    String name = "";
    /** SHA-256 of the token, 64 hex digits. */
    String hash = "";
    Instant created = Instant.EPOCH;
    @Nullable
    Instant lastUsed;
    @Nullable
    Instant expires;
    @Nullable
    Instant revoked;

    /** For Hibernate. */
    AccessToken() {
    }

    AccessToken(Token facts, String hash) {
        this.id = facts.id();
        this.name = facts.name();
        this.hash = hash;
        this.created = facts.created();
        this.expires = facts.expires().orElse(null);
    }

    Token facts() {
        return new Token(id, name, created, Optional.ofNullable(lastUsed), Optional.ofNullable(expires), Optional.ofNullable(revoked));
    }
}
