package dev.hydra.history;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** One kept response, without what was said. */
@Entity
@Table(name = "kept_response")
class KeptRow {
    @Id
    String id = "";
    String owner = "";
    /** Id of the conversation's first response. */
    String thread = "";
    /** Empty for the first. */
    String previous = "";
    Instant created = Instant.EPOCH;
    Instant expires = Instant.EPOCH;

    /** For Hibernate. */
    KeptRow() {
    }

    KeptRow(String id, String owner, String thread, String previous, Instant created, Instant expires) {
        this.id = id;
        this.owner = owner;
        this.thread = thread;
        this.previous = previous;
        this.created = created;
        this.expires = expires;
    }
}
