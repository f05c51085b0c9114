package dev.hydra.wire;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Ends a call from another thread, whatever it is doing: sending, waiting for the answer or reading it. The thread in the call gets an
 * {@link HttpFailure} at once, because the connection is closed under it; only while it is connecting it gets that when it is connected.
 *
 * <p>Made for one call; safe for use by many threads.
 */
public final class Cancellation {
    private boolean cancelled;
    private @Nullable Runnable close;

    /** Ends the call; a call that has not begun will fail when it does; a call that is over is not affected. */
    public void cancel() {
        Runnable closing;
        synchronized (this) {
            cancelled = true;
            closing = close;
            close = null;
        }
        if (closing != null) {
            closing.run();
        }
    }

    /** Whether {@link #cancel} was called. */
    public synchronized boolean cancelled() {
        return cancelled;
    }

    /** Says how to close what the call depends on now; closes it at once when the call is cancelled already. */
    void bind(Runnable closing) throws IOException {
        synchronized (this) {
            if (!cancelled) {
                close = closing;
                return;
            }
        }
        closing.run();
        throw new IOException("the call was cancelled");
    }

    /** The call depends on nothing any more. */
    synchronized void unbind() {
        close = null;
    }
}
