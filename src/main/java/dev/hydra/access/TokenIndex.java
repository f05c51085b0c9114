package dev.hydra.access;

import dev.hydra.secret.Fingerprint;
import dev.hydra.secret.Secret;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All tokens in memory, for the path of a request: no database, no lock. The key is the full SHA-256 (spec defects S3). A caller cannot steer the
 * hash of a guess towards a stored one, so the time of a look-up tells nothing about a token.
 */
final class TokenIndex {
    static final int LONGEST = 512;

    private volatile Map<String, Entry> byHash = Map.of();

    /** Takes the place of everything that was known; uses that are not stored yet are kept. */
    void replace(List<AccessToken> stored) {
        Map<String, Entry> before = byHash;
        Map<String, Entry> after = HashMap.newHashMap(stored.size());
        for (AccessToken row : stored) {
            Entry known = before.get(row.hash);
            after.put(row.hash, new Entry(row.facts(), known == null ? new LastUse(row.facts().lastUsed()) : known.lastUse));
        }
        byHash = after;
    }

    /** Whether no token was ever made: revoked and expired ones count. */
    boolean isEmpty() {
        return byHash.isEmpty();
    }

    /** The token that this text is, whatever its state; a text that is too long for one is not even hashed. */
    Optional<Entry> find(Secret text) {
        if (text.isEmpty() || text.reveal().length() > LONGEST) {
            return Optional.empty();
        }
        return Optional.ofNullable(byHash.get(Fingerprint.hash(text)));
    }

    /** Uses since the last call, by token id. */
    Map<String, Instant> takeUses() {
        Map<String, Instant> uses = new HashMap<>();
        for (Entry entry : byHash.values()) {
            entry.lastUse.take().ifPresent(moment -> uses.put(entry.token.id(), moment));
        }
        return uses;
    }

    /** One token and its use on this node. */
    record Entry(Token token, LastUse lastUse) {
    }

    /** Written by many threads without a lock, since any of their values will do. */
    static final class LastUse {
        private static final long COARSE_MILLIS = 1_000;

        private volatile long millis;
        private volatile long stored;

        LastUse(Optional<Instant> last) {
            millis = last.map(Instant::toEpochMilli).orElse(0L);
            stored = millis;
        }

        void at(Instant now) {
            long moment = now.toEpochMilli();
            if (moment - millis >= COARSE_MILLIS) {
                millis = moment;
            }
        }

        private Optional<Instant> take() {
            long last = millis;
            if (last == stored) {
                return Optional.empty();
            }
            stored = last;
            return Optional.of(Instant.ofEpochMilli(last));
        }
    }
}
