package dev.hydra.keys;

import java.util.List;

/**
 * What a request under way takes of the caps that concern it.
 *
 * @param estimate of its tokens; 0 = unknown
 */
record CapHold(Caps caps, List<Part> parts, String account, long estimate) {

    /** Of one cap. */
    record Part(Cap cap, long size) {
    }

    /**
     * Gives back what was taken and counts what was used.
     *
     * @param counted whether a provider answered
     * @param tokens  input and output together, as far as told; 0 = unknown
     */
    void end(boolean counted, long tokens) {
        if (!parts.isEmpty()) {
            caps.end(this, counted, tokens > 0 ? tokens : estimate);
        }
    }
}
