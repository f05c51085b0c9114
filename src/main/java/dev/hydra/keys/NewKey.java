package dev.hydra.keys;

import dev.hydra.secret.Secret;

/**
 * A key that was read from a file, a variable or a form, and looks like one.
 *
 * @param entry   its number in the list it came from, from 1
 * @param email   of the account; may be empty
 * @param project the provider's project; empty = unknown
 */
public record NewKey(int entry, Secret secret, String email, String project, Tier tier) {
}
