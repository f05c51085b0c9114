package dev.hydra.keys;

import dev.hydra.secret.Fingerprint;
import dev.hydra.secret.Secret;

/**
 * A key that can be leased.
 *
 * @param project as configured or as the provider named it; empty = unknown
 */
record PooledKey(Fingerprint fingerprint, Secret secret, String project) {

    /** The key's id is its fingerprint, so that it is the same on every node and after every import. */
    String id() {
        return fingerprint.value();
    }

    PooledKey inProject(String name) {
        return new PooledKey(fingerprint, secret, name);
    }
}
