package dev.hydra.settings;

import java.util.List;

/**
 * Settings that the start must not go on with. The message has one line for each problem: name, value, what is allowed. Never a secret's
 * value.
 */
public final class InvalidSettings extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidSettings(List<String> problems) {
        super(String.join("\n", problems));
    }

    /** @param problem setting, value and what is allowed */
    public InvalidSettings(String problem) {
        super(problem);
    }
}
