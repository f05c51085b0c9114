package dev.hydra.gateway;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** What a client is answered. */
public sealed interface Answer {
    /** HTTP status. */
    int status();

    /** Headers without the content type. */
    Map<String, String> headers();

    /** An answer that is there at once. @param type media type of the body */
    record Whole(int status, String type, Map<String, String> headers, byte[] body) implements Answer {
    }

    /**
     * An answer that comes piece by piece.
     *
     * @param type its content type
     * @param body must be called exactly once, else the provider's call stays open until the request's deadline
     */
    record Streamed(int status, Map<String, String> headers, String type, Body body) implements Answer {
    }

    /** Writes a stream on the calling thread until it ends. */
    @FunctionalInterface
    interface Body {
        /**
         * Writes and flushes event by event.
         *
         * @throws BrokenReply when the reply broke after its first bytes and the client has been told so: the connection must be aborted
         * @throws IOException when the client has gone; the provider's call has been cancelled
         */
        void writeTo(OutputStream out) throws IOException;
    }

    /** The stream must not end as if it were complete: the connection is to be cut (spec clients §5.3). */
    final class BrokenReply extends IOException {
        private static final long serialVersionUID = 1L;

        BrokenReply(String message) {
            super(message);
        }
    }
}
