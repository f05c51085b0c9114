package dev.hydra.keys;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Map;

/** A stored cap, in an operator's words. */
@Entity
@Table(name = "usage_cap")
class CapRow {
    @Id
    String name = "";
    String models = "";
    String most = "";
    String counts = "";
    String lasts = "";
    String per = "";
    String reached = "";
    boolean enabled;
    String alert = "";
    String resetTime = "";
    String zone = "";

    /** For Hibernate. */
    CapRow() {
    }

    CapRow(Cap cap) {
        Map<String, String> fields = cap.fields();
        this.name = cap.name();
        this.models = fields.getOrDefault("models", "");
        this.most = fields.getOrDefault("limit", "");
        this.counts = fields.getOrDefault("unit", "");
        this.lasts = fields.getOrDefault("period", "");
        this.per = fields.getOrDefault("per", "");
        this.reached = fields.getOrDefault("action", "");
        this.enabled = cap.enabled();
        this.alert = fields.getOrDefault("alert", "");
        this.resetTime = fields.getOrDefault("reset_time", "");
        this.zone = fields.getOrDefault("zone", "");
    }

    Cap cap() {
        return Cap.of(name,
                Map.of("models", models, "limit", most, "unit", counts, "period", lasts, "per", per, "action", reached, "enabled",
                        Boolean.toString(enabled), "alert", alert, "reset_time", resetTime, "zone", zone));
    }
}
