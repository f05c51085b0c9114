package dev.hydra.keys;

import java.time.Instant;

/** What became of a {@link Claim}. */
public sealed interface Claimed {

    /** A key was taken. */
    record Granted(Grant grant) implements Claimed {
    }

    /** All keys rest. @param rest the quota's that ends first; where none is for a quota, the first of all */
    record Resting(Rest rest) implements Claimed {
    }

    /**
     * Keys could serve, but no project has so many tokens left in this minute. A state that cannot tell as much says {@link Resting}.
     *
     * @param project the first that will have
     * @param room    what the others have at most
     */
    record Tight(Instant until, String project, long room) implements Claimed {
    }

    /** Keys could serve, but each has as many requests under way as it should have. @param worthwhile when to look again, if nothing is released before */
    record Busy(Instant worthwhile) implements Claimed {
    }

    /** There are keys, and all are known not to have the model. */
    record Lacking() implements Claimed {
    }

    /** All keys that could serve were tried. */
    record Tried() implements Claimed {
    }

    /** There is no key. */
    record Empty() implements Claimed {
    }
}
