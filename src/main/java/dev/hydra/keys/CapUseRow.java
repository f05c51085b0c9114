package dev.hydra.keys;

import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** What an account has used of a cap, stored. */
@Entity
@Table(name = "usage_of_cap")
class CapUseRow {
    @Id
    String id = "";
    String cap = "";
    String account = "";
    Instant begun = Instant.EPOCH;
    long used;

    /** For Hibernate. */
    CapUseRow() {
    }

    private CapUseRow(CapCount.Fresh fresh) {
        this.id = id(fresh.cap(), fresh.account());
        this.cap = fresh.cap().name();
        this.account = fresh.account();
        this.begun = fresh.begun();
        this.used = fresh.amount();
    }

    /** A cap that counts something else, or in other periods, begins with nothing. */
    static String id(Cap cap, String account) {
        return cap.name() + "|" + cap.unit() + "|" + cap.period() + "|" + account;
    }

    /** Adds what was used lately to the row, which other nodes add to as well. */
    static void add(EntityManager manager, CapCount.Fresh fresh) {
        String id = id(fresh.cap(), fresh.account());
        int changed = manager.createQuery("update CapUseRow u set u.used = u.used + :amount where u.id = :id and u.begun = :begun")
                .setParameter("amount", fresh.amount()).setParameter("id", id).setParameter("begun", fresh.begun()).executeUpdate();
        if (changed == 0) {
            changed = manager.createQuery("update CapUseRow u set u.used = :amount, u.begun = :begun where u.id = :id")
                    .setParameter("amount", fresh.amount()).setParameter("id", id).setParameter("begun", fresh.begun()).executeUpdate();
        }
        if (changed == 0) {
            manager.persist(new CapUseRow(fresh));
        }
    }
}
