package dev.hydra.keys;

import java.util.List;

/** How a lease ended, as the shared state needs to know it. Reasons are for operators and hold no secrets. */
public sealed interface Settlement {

    /** Whether the provider has counted the request: a refused one counts for nothing. */
    default boolean counted() {
        return !(this instanceof Cool || this instanceof Unsent);
    }

    /** The provider answered. @param input tokens of the request; negative = unknown. @param tokens input and output together; 0 = unknown */
    record Used(long input, long tokens) implements Settlement {
    }

    /**
     * Somebody has to rest.
     *
     * @param guessed whether the end is a guess, which is made later each time until a success
     * @param told    sizes of the used-up quotas
     */
    record Cool(Scope scope, Rest rest, boolean guessed, List<Limit.Told> told) implements Settlement {
    }

    /** A failure that is the key's own. */
    record Failed(String reason) implements Settlement {
    }

    /** The provider called the key, or all keys of its project, invalid; it rests for {@link Backoff#SUSPICION}. */
    record Suspected(Scope scope, String reason) implements Settlement {
    }

    /** Nothing was learned about the key. */
    record Ignored() implements Settlement {
    }

    /** The request was never sent, so that it has used nothing. */
    record Unsent() implements Settlement {
    }
}
