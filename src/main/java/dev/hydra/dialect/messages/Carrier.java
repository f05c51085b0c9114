package dev.hydra.dialect.messages;

import dev.hydra.conversation.Seal;

/**
 * A seal as it travels in a thinking block's {@code signature}: {@code hydra.<origin>.<place>.<value>}. What bears no mark is Anthropic's own.
 * The block stands in front of the part that the seal belongs to, because a client drops what it does not know from any other block, and takes the
 * last block for the answer.
 *
 * @param place what the seal belongs to
 * @param seal  may be {@link Seal#NONE}: clients need a signature on every thinking block, so one without a seal bears the mark alone
 */
record Carrier(Place place, Seal seal) {
    private static final String MARK = "hydra.";
    private static final String NOTHING = MARK + "none";

    /** What a seal belongs to. */
    enum Place {
        /** The thought itself. */
        THOUGHT,
        /** The next text of the message. */
        TEXT,
        /** The next call of the message. */
        CALL,
        /** The value is no signature but a part of the origin's own format, which must come back as it is; base64url of its JSON. */
        PART
    }

    /** The signature; never empty. */
    String written() {
        if (!seal.isPresent()) {
            return NOTHING;
        }
        boolean own = place == Place.THOUGHT && seal.origin().equals(Seal.ANTHROPIC);
        return own ? seal.value() : MARK + seal.origin() + '.' + word(place) + '.' + seal.value();
    }

    /** What a client gave back; a mark that cannot be read carries nothing. @param signature may be empty */
    static Carrier read(String signature) {
        if (!signature.startsWith(MARK)) {
            return new Carrier(Place.THOUGHT, signature.isEmpty() ? Seal.NONE : new Seal(Seal.ANTHROPIC, signature));
        }
        int origin = signature.indexOf('.', MARK.length());
        int place = origin < 0 ? -1 : signature.indexOf('.', origin + 1);
        if (place > 0 && place + 1 < signature.length()) {
            String word = signature.substring(origin + 1, place);
            for (Place each : Place.values()) {
                if (word(each).equals(word)) {
                    return new Carrier(each, new Seal(signature.substring(MARK.length(), origin), signature.substring(place + 1)));
                }
            }
        }
        return new Carrier(Place.THOUGHT, Seal.NONE);
    }

    private static String word(Place place) {
        return switch (place) {
            case THOUGHT -> "thought";
            case TEXT -> "text";
            case CALL -> "call";
            case PART -> "part";
        };
    }
}
