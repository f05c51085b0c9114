package dev.hydra.keys;

import dev.hydra.secret.Fingerprint;
import dev.hydra.secret.Secret;
import java.util.Locale;

/**
 * A key that can be leased.
 *
 * @param project as configured or as the provider named it; empty = unknown
 * @param account whose use is counted together: an e-mail, else the project, else {@code key:} and the id
 */
record PooledKey(Fingerprint fingerprint, Secret secret, String project, String account) {

    /** A key whose account nobody has named. */
    PooledKey(Fingerprint fingerprint, Secret secret, String project) {
        this(fingerprint, secret, project, project.isEmpty() ? "key:" + fingerprint.value() : project);
    }

    /** A key of an account. @param email empty = unknown */
    static PooledKey of(Fingerprint fingerprint, Secret secret, String project, String email) {
        PooledKey unnamed = new PooledKey(fingerprint, secret, project);
        return email.isEmpty() ? unnamed : new PooledKey(fingerprint, secret, project, email.toLowerCase(Locale.ROOT));
    }

    /** The key's id is its fingerprint, so that it is the same on every node and after every import. */
    String id() {
        return fingerprint.value();
    }

    PooledKey inProject(String name) {
        return account.equals("key:" + id()) ? new PooledKey(fingerprint, secret, name) : new PooledKey(fingerprint, secret, name, account);
    }
}
