package dev.hydra.keys;

/** How a lease ended, as the shared state needs to know it. Reasons are for operators and hold no secrets. */
public sealed interface Settlement {

    /** The provider answered. @param tokens input and output together; 0 = unknown */
    record Used(long tokens) implements Settlement {
    }

    /** Somebody has to rest. */
    record Cool(Scope scope, Rest rest) implements Settlement {
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
}
