package dev.hydra.audit;

/** Something to be kept for good. */
sealed interface Entry permits AuditEntry, AdminEvent {
    /** Unique, and greater than those of earlier entries. */
    String id();

    /** The JPA entity that stores it. */
    Object row();
}
