package dev.hydra.gateway;

import dev.hydra.Component;
import dev.hydra.access.Tokens;
import dev.hydra.keys.SharedState;
import dev.hydra.keys.Upkeep;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * Whether a load balancer should send requests here. A node whose keys all rest is ready: no other node has more of them. A database that fails for a moment
 * is no obstacle either, since requests do not need it; one that stays away is, because a token that was revoked meanwhile would still be accepted. A lost
 * Redis is none: the node goes on with its part of the quotas.
 */
@Component
public final class Readiness {
    private final InFlight inFlight;
    private final Upkeep upkeep;
    private final Tokens tokens;
    private final SharedState state;

    @Inject
    public Readiness(InFlight inFlight, Upkeep upkeep, Tokens tokens, SharedState state) {
        this.state = state;
        this.inFlight = inFlight;
        this.upkeep = upkeep;
        this.tokens = tokens;
    }

    /** What is in the way of serving. */
    public enum Obstacle {
        /** Keys and what is known of their quotas have not been read yet. */
        STARTING,
        /** A stop has begun. */
        STOPPING,
        /** Access tokens could not be read for {@link Tokens#STALE}. */
        DATABASE
    }

    /** {@code joined} or {@code lost}; empty where no Redis is configured. */
    public Optional<String> redis() {
        return Optional.of(state.cluster().redis()).filter(word -> !word.equals(SharedState.Cluster.ALONE.redis()));
    }

    /** The obstacle there is; empty = ready. */
    public Optional<Obstacle> obstacle() {
        if (inFlight.isStopping()) {
            return Optional.of(Obstacle.STOPPING);
        }
        if (!upkeep.isUnderWay()) {
            return Optional.of(Obstacle.STARTING);
        }
        return tokens.isCurrent() ? Optional.empty() : Optional.of(Obstacle.DATABASE);
    }
}
