package dev.hydra.settings;

/** Where a setting's value came from; a later one wins over an earlier one. */
public enum Origin {
    DEFAULT("default"),
    FILE("hydra.toml"),
    ENV_FILE(".env"),
    ENVIRONMENT("environment"),
    SYSTEM_PROPERTY("system property"),
    /** An init parameter of the web application or a JNDI entry {@code java:comp/env/hydra/<name>}. */
    DEPLOYMENT("deployment"),
    /** The command line. */
    FLAG("command line");

    private final String words;

    Origin(String words) {
        this.words = words;
    }

    /** The origin in an operator's words. */
    @Override
    public String toString() {
        return words;
    }
}
