package dev.hydra.keys;

import java.time.Instant;

/** What the pool has for a request. Messages are for the client: complete sentences without secrets. */
public sealed interface Offer {

    /** A key. The taker must close the lease. */
    record Granted(Lease lease) implements Offer {
    }

    /**
     * There are keys for the model, but the quota of each is used up.
     *
     * @param until when the first of them is worth asking again
     * @param daily whether that is a day's quota (or there is no quota at all), which clients are told as {@code insufficient_quota}
     */
    record Cooling(Instant until, boolean daily, String message) implements Offer {
    }

    /**
     * The operator's cap on the model is reached, and nothing else is to be tried.
     *
     * @param until  when it begins anew
     * @param lasting whether that is far off, as in {@link Cooling}
     */
    record Capped(Instant until, boolean lasting, String message) implements Offer {
    }

    /** No key has this model. */
    record NoModel(String message) implements Offer {
    }

    /**
     * No key can be used for a reason that waiting for a quota does not cure: none is configured, all are disabled or paused after failures, or every
     * one left was tried for this request. The message says which, and how to add one where that helps.
     */
    record NoKeys(String message) implements Offer {
    }
}
