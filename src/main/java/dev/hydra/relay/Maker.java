package dev.hydra.relay;

import dev.hydra.keys.Lease;

/**
 * The key that an object was made with.
 *
 * @param project the key's project, or the key's id where its project is not known
 */
record Maker(String keyId, String project) {
    static Maker of(Lease lease) {
        return new Maker(lease.keyId(), lease.project().isEmpty() ? lease.keyId() : lease.project());
    }
}
