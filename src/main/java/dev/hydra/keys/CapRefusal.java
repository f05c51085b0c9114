package dev.hydra.keys;

import java.time.Duration;
import java.time.Instant;

/**
 * A request that a cap does not let through.
 *
 * @param reached false while only requests under way, which may turn out smaller, take up the rest
 * @param resets  when the cap begins anew
 */
record CapRefusal(Cap cap, boolean reached, Instant resets, String model) {
    /** When it is worth asking again while others are under way: one that ends wakes who waits anyway. */
    static final Duration SOON = Duration.ofMillis(100);

    /** What the client is told, or what the gateway does next. */
    Offer offer(Instant now) {
        if (!reached) {
            return new Offer.Cooling(now.plus(SOON), false, words());
        }
        // An hour's cap passes soon enough for clients that give up on insufficient_quota.
        boolean lasting = cap.period() != CapPeriod.HOUR;
        return cap.action() == Cap.Action.REJECT ? new Offer.Capped(resets, lasting, words()) : new Offer.Cooling(resets, lasting, words());
    }

    /** Of two that both hold: one that is reached, that refuses, that lasts longer. */
    boolean outweighs(CapRefusal other) {
        if (reached != other.reached) {
            return reached;
        }
        return cap.action() == other.cap.action() ? resets.isAfter(other.resets) : cap.action() == Cap.Action.REJECT;
    }

    /** In a sentence. */
    String words() {
        return "The cap '" + cap.name() + "' on '" + model + "' is reached: " + cap.words()
                + (reached ? "; it begins anew at " + resets + "." : ", with what is under way.");
    }

    /** How long the account's key rests for the model. */
    Rest rest(Instant now) {
        return new Rest(reached ? resets : now.plus(SOON), Rest.Kind.CAPPED, "cap " + cap.name() + ": " + cap.words());
    }
}
