package dev.hydra.keys;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
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

    /** Whether all is the same that decides on the key's use or is shown of it, but for times. */
    boolean isAs(ProviderKey other) {
        return facts().equals(other.facts());
    }

    private List<Object> facts() {
        return List.of(secret, email, project, consumer, tier, source, seen, status, reason, message, place, listId);
    }

    /** Takes over what another node has stored of the same key. */
    void become(ProviderKey other) {
        secret = other.secret;
        email = other.email;
        project = other.project;
        consumer = other.consumer;
        tier = other.tier;
        source = other.source;
        seen = other.seen;
        status = other.status;
        reason = other.reason;
        message = other.message;
        place = other.place;
        listId = other.listId;
        updated = other.updated;
        checked = other.checked;
    }

    /** Whether the source, in this version, holds the key. */
    boolean seenIn(String sourceVersion) {
        return (" " + seen + " ").contains(" " + sourceVersion + " ");
    }
}
