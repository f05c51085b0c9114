package dev.hydra.keys;

import java.util.Optional;
import java.util.Set;

/**
 * A wish for a key.
 *
 * @param tokens estimate of the request's input tokens; 0 = unknown
 * @param owner  id of the key whose project must serve the request; empty = any
 * @param tried  ids that are not wanted again; not copied
 * @param spared project that an earlier request waits for, so that this one must leave it alone; empty = none
 * @param draw   0 (inclusive) to 1 (exclusive), random: which of several good keys; given by the caller, so that the state itself is deterministic
 */
public record Claim(String model, long tokens, Optional<String> owner, Set<String> tried, String spared, double draw) {

    /** A wish that leaves no project alone. */
    public Claim(String model, long tokens, Optional<String> owner, Set<String> tried, double draw) {
        this(model, tokens, owner, tried, "", draw);
    }
}
