package dev.hydra.keys;

import java.time.Instant;
import java.util.Optional;

/**
 * A key as operators see it; never the key itself.
 *
 * @param id      fingerprint
 * @param hint    its last characters, at most four
 * @param project as configured; empty = not told
 * @param bucket  the project whose quota the key uses, as far as known
 * @param tier    {@code free}, {@code standard}, {@code premium} or {@code enterprise}
 * @param source  where it came from first: {@code environment}, {@code file:…}, {@code cli}, {@code api}
 * @param status  {@code active}, {@code disabled}, {@code paused}, {@code cooling}, {@code unreadable} or {@code absent} (its source does not have it any more)
 * @param reason  why it is not active, and for failures counted so far
 * @param until   end of a pause or rest of the whole key
 * @param models  how many it can be asked for; 0 = not known
 * @param checked when the provider last accepted or refused it
 */
public record KeyEntry(String id, String hint, String email, String project, String bucket, String tier, String source, String status,
        String reason,
        Optional<Instant> until, int models, int failures, int inFlight, Instant created, Optional<Instant> checked) {

    /** The same, of a key that cannot be decrypted. */
    KeyEntry unreadable(String why) {
        return new KeyEntry(id, hint, email, project, bucket, tier, source, "unreadable", why, Optional.empty(), models, failures, inFlight,
                created, checked);
    }
}
