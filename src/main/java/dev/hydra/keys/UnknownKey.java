package dev.hydra.keys;

/** A text names no key, or more than one. The message says which. */
public final class UnknownKey extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownKey(String message) {
        super(message);
    }
}
