package dev.hydra.keys;

import java.util.Optional;
import java.util.Set;

/**
 * A key as the shared state knows it: never its text.
 *
 * @param id          fingerprint
 * @param project     whose quota it uses; empty = unknown, so that the key counts as a project of its own
 * @param concurrency requests at once that it should have at most; positive
 * @param models      what it can be asked for; empty = unknown, so that it is asked for anything
 */
public record Member(String id, String project, int concurrency, Optional<Set<String>> models) {

    /** The name under which quotas are kept. */
    String bucket() {
        return project.isEmpty() ? "key:" + id : project;
    }
}
