package dev.hydra.store;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** What the database knows about the key that it is encrypted with: enough to recognise it, not to guess it. */
@Entity
@Table(name = "encryption_key")
class EncryptionKeyRow {
    /** The id of the only row. */
    static final String CURRENT = "current";

    @Id
    String id = CURRENT;
    String salt = "";
    String proof = "";
    Instant created = Instant.EPOCH;

    /** For Hibernate. */
    EncryptionKeyRow() {
    }

    EncryptionKeyRow(String salt, String proof, Instant created) {
        this.salt = salt;
        this.proof = proof;
        this.created = created;
    }
}
