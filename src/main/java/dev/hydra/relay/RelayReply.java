package dev.hydra.relay;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/**
 * What a client is answered.
 *
 * @param headers all of them, the content type included
 * @param body    must be called exactly once, else the provider's call stays open until its time is over
 */
public record RelayReply(int status, Map<String, String> headers, Body body) {
    /** Writes the body on the calling thread, as it comes. */
    @FunctionalInterface
    public interface Body {
        /** @throws IOException when either side has gone; the answer must not end as if it were complete */
        void writeTo(OutputStream out) throws IOException;
    }
}
