package dev.hydra.wire;

import java.io.IOException;
import java.io.InterruptedIOException;

/** A call did not get through or its answer broke. The message carries neither headers nor bodies. */
public final class HttpFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final Stage stage;

    HttpFailure(Stage stage, String what, Throwable cause) {
        super(what + ": " + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage()), cause);
        this.stage = stage;
    }

    /** How far the call had come. */
    public Stage stage() {
        return stage;
    }

    /** Whether time ran out, as opposed to a refusal or a cut. */
    public boolean timedOut() {
        return getCause() instanceof InterruptedIOException;
    }

    /** How far a call had come when it failed. */
    public enum Stage {
        /** The server was not reached: it has not seen the request. */
        CONNECT,
        /** The request went out, wholly or in part, and no answer came: the server may have worked on it. */
        ANSWER,
        /** The answer had begun and broke before its end. */
        BODY
    }
}
