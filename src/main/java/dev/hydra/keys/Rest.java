package dev.hydra.keys;

import java.time.Instant;

/**
 * Why a key, or a project, is left alone for a while.
 *
 * @param until  end, exclusive
 * @param reason for operators; without secrets
 */
public record Rest(Instant until, Kind kind, String reason) {

    /** What sort of cause a rest has; it decides what a client is told. */
    public enum Kind {
        /** A quota per minute, or one of unknown period. */
        QUOTA(true),
        /** The day's quota, or money. */
        DAILY(true),
        /** The model is there with a quota of zero. */
        NO_QUOTA(true),
        /** The account has used up its part of the operator's cap. */
        CAPPED(true),
        /** The model is not there. */
        NO_MODEL(false),
        /** Failures in a row that were the key's own. */
        PAUSED(false),
        /** The provider called the key invalid; a check is under way. */
        SUSPECT(false);

        private final boolean quota;

        Kind(boolean quota) {
            this.quota = quota;
        }

        /** Whether the rest is about a quota. */
        public boolean quota() {
            return quota;
        }
    }

    /** Whether this one is to be told rather than the other: one for a quota, and of two the one that ends first. */
    boolean soonerThan(Rest other) {
        return kind.quota() == other.kind.quota() ? until.isBefore(other.until) : kind.quota();
    }

    /** The one that ends later; {@code this} when both end at once, so that cooling again never shortens a rest. */
    Rest later(Rest other) {
        return other.until.isAfter(until) ? other : this;
    }
}
