package dev.hydra.keys;

/** Something that an operator gave and that cannot be taken. The message names the field, the value and what is allowed. */
public final class InvalidEntry extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String field;

    InvalidEntry(String field, String message) {
        super(message);
        this.field = field;
    }

    /** @param value as it was given; @param allowed completes the sentence "allowed: …" */
    static InvalidEntry of(String field, String value, String allowed) {
        return new InvalidEntry(field,
                field + ": \"" + RestRow.cut(value, KeyPool.LONGEST_MODEL_NAME) + "\" is not allowed; allowed: " + allowed);
    }

    /** Which value, e.g. {@code name}, {@code model} or {@code limit}. */
    public String field() {
        return field;
    }
}
