package dev.hydra.audit;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

/** Stores an {@link AdminEvent}. */
@Entity
@Table(name = "admin_event")
@NullUnmarked
class AdminEventRow {
    @Id
    private String id;
    private Instant moment;
    private String actor;
    private String address;
    private String action;
    private String subject;

    /** For Hibernate. */
    AdminEventRow() {
    }

    AdminEventRow(AdminEvent event) {
        id = event.id();
        moment = event.moment();
        actor = event.actor();
        address = event.address();
        action = event.action();
        subject = event.subject();
    }

    AdminEvent event() {
        return new AdminEvent(id, moment, actor, address, action, subject);
    }
}
