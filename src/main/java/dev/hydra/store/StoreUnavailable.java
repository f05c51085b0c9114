package dev.hydra.store;

/** The database, or what protects it, cannot be used at start. The message is one line for the operator: what is wrong and what to do. */
public final class StoreUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreUnavailable(String message) {
        super(message);
    }

    StoreUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
