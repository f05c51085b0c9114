package dev.hydra.gateway;

import dev.hydra.conversation.ReplyEvent;
import java.util.List;

/** Where a provider's reply goes while it is read. */
interface ReplySink {
    /**
     * Takes events in order; may wait while the client is slow.
     *
     * @throws CallerGone when nobody waits for the reply any more
     */
    void take(List<ReplyEvent> events) throws CallerGone;

    /** Whether events go out as they come; false: nothing goes out before the end, so any end may still be tried again. */
    boolean live();

    /** The client has left, or its time is over. */
    final class CallerGone extends Exception {
        private static final long serialVersionUID = 1L;

        CallerGone() {
            super("the caller has gone", null, false, false);
        }
    }
}
