package dev.hydra.keys;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A stored key. The columns are explained in {@code V1__provider_keys.sql}. */
@Entity
@Table(name = "provider_key")
class ProviderKey {
    @Id
    String id = "";
    String hash = "";
    String secret = "";
    String hint = "";
    String email = "";
    String project = "";
    String consumer = "";
    @Enumerated(EnumType.STRING)
    Tier tier = Tier.FREE;
    String source = "";
    String seen = "";
    @Enumerated(EnumType.STRING)
    Status status = Status.ACTIVE;
    String reason = "";
    String message = "";
    long place;
    String listId = "";
    Instant created = Instant.EPOCH;
    Instant updated = Instant.EPOCH;
    @Nullable
    Instant checked;

    /** Whether a key may be used. */
    enum Status {
        ACTIVE, DISABLED,
        /** Kept without its secret, so that its source does not bring it back. */
        DELETED
    }

    /** Whether the source, in this version, holds the key. */
    boolean seenIn(String sourceVersion) {
        return (" " + seen + " ").contains(" " + sourceVersion + " ");
    }
}
