package dev.hydra.relay;

import dev.hydra.dialect.Failure;
import dev.hydra.dialect.Failure.Kind;

/** A request cannot be passed on, or nobody answers it. */
public final class RelayFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    RelayFailure(Failure failure) {
        super(failure.message());
        this.failure = failure;
    }

    /** What the client is told. */
    public Failure failure() {
        return failure;
    }

    /** Google's words for what is not there, and for what somebody else has made. */
    static RelayFailure notFound() {
        return new RelayFailure(Failure.of(Kind.NOT_FOUND, "Requested entity was not found."));
    }
}
