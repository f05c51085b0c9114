package dev.hydra.keys;

import java.util.Locale;
import java.util.Optional;

/** What an account pays; how many requests at once its keys may have, as a multiple of {@code HYDRA_POOL_CONCURRENCY} (product POOL-2). */
public enum Tier {
    FREE(1), STANDARD(1.5), PREMIUM(2), ENTERPRISE(3);

    private final double multiplier;

    Tier(double multiplier) {
        this.multiplier = multiplier;
    }

    int concurrency(int base) {
        return Math.max(1, (int) Math.round(base * multiplier));
    }

    /** By its name in any case; empty when there is no such tier. */
    static Optional<Tier> of(String name) {
        for (Tier tier : values()) {
            if (tier.name().equals(name.toUpperCase(Locale.ROOT))) {
                return Optional.of(tier);
            }
        }
        return Optional.empty();
    }
}
