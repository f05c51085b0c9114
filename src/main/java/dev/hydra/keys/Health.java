package dev.hydra.keys;

import java.util.Optional;

/**
 * How a key has been doing.
 *
 * @param failures   in a row that were its own
 * @param pauses     in a row because of failures; each is longer than the one before
 * @param suspicions how often in a row the provider called the key invalid
 * @param pause      the pause, over or not; empty when there was none since the last success
 */
public record Health(int failures, int pauses, int suspicions, Optional<Rest> pause) {
    /** Nothing bad is known. */
    public static final Health GOOD = new Health(0, 0, 0, Optional.empty());
}
