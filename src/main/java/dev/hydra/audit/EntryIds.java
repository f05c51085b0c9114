package dev.hydra.audit;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes ids in the order of time: UUIDs of version 7 (RFC 9562 §5.7) whose 12 bits after the version count within a millisecond, so that
 * the ids of one node always rise. Not safe for use by many threads.
 */
final class EntryIds {
    private static final int PER_MILLISECOND = 1 << 12;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private long millis;
    private int count;

    /** The next id. @param now milliseconds since 1970; a clock that goes back is waited for by counting on */
    String next(long now) {
        if (now > millis) {
            millis = now;
            count = 0;
        } else if (++count == PER_MILLISECOND) {
            millis++;
            count = 0;
        }
        long random = ThreadLocalRandom.current().nextLong();
        return new UUID(millis << 16 | 7L << 12 | count, random >>> 2 | VARIANT).toString();
    }
}
