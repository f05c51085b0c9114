package dev.hydra.keys;

import dev.hydra.keys.Snapshot.Quota;
import dev.hydra.keys.Snapshot.ToldLimit;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** The sizes of a quota as the provider told them, stored; {@link Limit#UNKNOWN} where it did not. */
@Entity
@Table(name = "pool_limit")
class LimitRow {
    @Id
    String id = "";
    String project = "";
    String model = "";
    long perMinute;
    long tokensPerMinute;
    long perDay;
    Instant told = Instant.EPOCH;

    /** For Hibernate. */
    LimitRow() {
    }

    LimitRow(Quota quota, ToldLimit limit) {
        this.id = id(quota);
        this.project = quota.project();
        this.model = quota.model();
        this.perMinute = limit.limit().rpm();
        this.tokensPerMinute = limit.limit().tpm();
        this.perDay = limit.limit().rpd();
        this.told = limit.moment();
    }

    static String id(Quota quota) {
        return DayRow.id(quota);
    }

    Quota quota() {
        return new Quota(project, model);
    }

    ToldLimit limit() {
        return new ToldLimit(new Limit(perMinute, tokensPerMinute, perDay), told);
    }
}
