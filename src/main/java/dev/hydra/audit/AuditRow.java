package dev.hydra.audit;

import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

/** Stores an {@link AuditEntry}. */
@Entity
@Table(name = "audit_entry")
@NullUnmarked
class AuditRow {
    @Id
    private String id;
    @Embedded
    private AuditEntry.Who who;
    @Embedded
    private AuditEntry.Asked asked;
    @Embedded
    private AuditEntry.Tried tried;
    @Embedded
    private AuditEntry.Answered answered;
    @Embedded
    private AuditEntry.Tokens tokens;

    /** For Hibernate. */
    AuditRow() {
    }

    AuditRow(AuditEntry entry) {
        id = entry.id();
        who = entry.who();
        asked = entry.asked();
        tried = entry.tried();
        answered = entry.answered();
        tokens = entry.tokens();
    }

    AuditEntry entry() {
        return new AuditEntry(id, who, asked, tried, answered, tokens);
    }
}
