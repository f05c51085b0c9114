package dev.hydra.keys;

/** Whom an outcome concerns. */
public enum Scope {
    /** The key, for every model. */
    KEY,
    /** All keys of the key's project, for every model. */
    PROJECT,
    /** All keys of the key's project, for the leased model: Google's quotas are of this scope. */
    PROJECT_MODEL,
    /** The key, for the leased model. */
    KEY_MODEL
}
