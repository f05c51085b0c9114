package dev.hydra.keys;

import dev.hydra.keys.Snapshot.Day;
import dev.hydra.keys.Snapshot.Quota;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.LocalDate;

/** What was used of a quota on a day, stored. */
@Entity
@Table(name = "pool_day")
class DayRow {
    @Id
    String id = "";
    String project = "";
    String model = "";
    /** ISO date: a date type would bring the server's time zone in. */
    String usedOn = "";
    long requests;
    long tokens;

    /** For Hibernate. */
    DayRow() {
    }

    DayRow(Quota quota, Day day) {
        this.id = id(quota);
        this.project = quota.project();
        this.model = quota.model();
        this.usedOn = day.date().toString();
        this.requests = day.requests();
        this.tokens = day.tokens();
    }

    static String id(Quota quota) {
        return quota.project() + "|" + quota.model();
    }

    Quota quota() {
        return new Quota(project, model);
    }

    Day day() {
        return new Day(LocalDate.parse(usedOn), requests, tokens);
    }
}
