package dev.hydra.access;

/** An operator's input that cannot be taken; the message says what is wrong and what is allowed. */
public final class InvalidField extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;

    /** @param field name of the wrong field; empty when it is the input as a whole */
    public InvalidField(String field, String message) {
        super(message, null, false, false);
        this.field = field;
    }

    /** Name of the wrong field; empty when it is the input as a whole. */
    public String field() {
        return field;
    }
}
