package dev.hydra.keys;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A key's health, stored. */
@Entity
@Table(name = "pool_health")
class HealthRow {
    @Id
    String id = "";
    int failures;
    int pauses;
    int suspicions;
    @Nullable
    Instant pauseEnds;
    @Enumerated(EnumType.STRING)
    Rest.Kind pauseKind = Rest.Kind.PAUSED;
    String pauseReason = "";

    /** For Hibernate. */
    HealthRow() {
    }

    HealthRow(String key, Health health) {
        this.id = key;
        this.failures = health.failures();
        this.pauses = health.pauses();
        this.suspicions = health.suspicions();
        health.pause().ifPresent(pause -> {
            pauseEnds = pause.until();
            pauseKind = pause.kind();
            pauseReason = RestRow.cut(pause.reason(), RestRow.LONGEST_REASON);
        });
    }

    Health health() {
        return new Health(failures, pauses, suspicions, Optional.ofNullable(pauseEnds).map(end -> new Rest(end, pauseKind, pauseReason)));
    }
}
