package dev.hydra.dialect;

import dev.hydra.conversation.ReplyEvent;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Turns events into the client's bytes. Made for one reply; not safe for use by several threads.
 *
 * <p>A streaming writer writes frames as events come; a whole writer collects and writes in {@link #end}. Neither flushes.
 */
public interface ReplyWriter {
    /** Takes one event. {@code ProviderError} never reaches a writer: the gateway turns it into {@link #fail}. */
    void write(ReplyEvent event, OutputStream out) throws IOException;

    /** The reply is complete: writes what is still owed (finish reasons, usage, end marker; or the whole body). */
    void end(OutputStream out) throws IOException;

    /** The reply broke after its first bytes: writes an error frame and no end marker. */
    void fail(Failure failure, String requestId, OutputStream out) throws IOException;
}
