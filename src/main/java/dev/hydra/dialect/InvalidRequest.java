package dev.hydra.dialect;

import java.util.Optional;

/** The client's request cannot be understood or carried; becomes a 400 in the client's dialect that names the field. */
public final class InvalidRequest extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final Failure.Kind kind;

    /**
     * @param field   path of the field, e.g. {@code messages[2].content}; empty when the body as a whole is wrong
     * @param message what is wrong and what is allowed; shown to the client
     */
    public InvalidRequest(String field, String message) {
        this(Failure.Kind.INVALID_REQUEST, field, message);
    }

    /** @param kind what the failure is, when it is more than a wrong value */
    public InvalidRequest(Failure.Kind kind, String field, String message) {
        super(message, null, false, false);
        this.field = field;
        this.kind = kind;
    }

    /** What the client is told that it is. */
    public Failure.Kind kind() {
        return kind;
    }

    /** As the client is told it. */
    public Failure failure() {
        return new Failure(kind, getMessage(), field, Optional.empty());
    }

    /** Path of the wrong field; empty when the body as a whole is wrong. */
    public String field() {
        return field;
    }
}
