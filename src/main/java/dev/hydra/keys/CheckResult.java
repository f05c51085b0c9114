package dev.hydra.keys;

import java.util.List;

/** What the provider says to a key. */
public sealed interface CheckResult {

    /** The key works. @param models what it can be asked for; in the provider's order */
    record Valid(List<ModelEntry> models) implements CheckResult {
    }

    /**
     * The provider refuses the key.
     *
     * @param reason  short word, e.g. {@code API_KEY_INVALID}
     * @param message the provider's text without key material; may be empty
     */
    record Invalid(String reason, String message) implements CheckResult {
    }

    /** Nothing was learned: no connection, a timeout, an error inside the provider, too many requests. */
    record Unreachable(String message) implements CheckResult {
    }
}
