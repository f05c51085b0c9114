package dev.hydra.wire;

import java.io.IOException;

/** A URL that a request named could not or may not be fetched. The message is for the client: it tells nothing about inner networks. */
public final class FetchFailed extends IOException {
    private static final long serialVersionUID = 1L;

    FetchFailed(String message) {
        super(message);
    }

    FetchFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
