package dev.hydra.dialect;

/**
 * A reply in good order that is no answer in the client's format: a text where a picture was asked for. Only a writer of whole replies throws it; the client
 * is told the failure instead.
 */
public final class NoAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    // Exceptions are serializable by their type, this one never is.
    private final transient Failure failure;

    /** @param failure what the client is told */
    public NoAnswer(Failure failure) {
        super(failure.message(), null, false, false);
        this.failure = failure;
    }

    /** What the client is told. */
    public Failure failure() {
        return failure;
    }
}
