package dev.hydra.dialect;

import dev.hydra.conversation.ReplyEvent;
import java.util.function.Consumer;

/** Turns a provider's messages into events. Made for one reply; not safe for use by several threads. */
public interface ReplyReader {
    /**
     * Reads one message: the data of one SSE event, or a whole reply.
     *
     * @param json   UTF-8 bytes; only {@code length} of them from {@code offset} belong to the message and only until this method returns
     * @throws MalformedReply when the bytes are not what the provider's format promises
     */
    void read(byte[] json, int offset, int length, Consumer<? super ReplyEvent> events);

    /**
     * The provider ended its reply in order. Emits what was held back: citations, finish reasons, usage. A candidate that the provider left
     * without a finish reason gets no {@code Finished} event, by which the gateway sees that the reply was cut.
     */
    void end(Consumer<? super ReplyEvent> events);

    /** A reply that is not in the provider's format. */
    final class MalformedReply extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** @param message what is wrong, without the provider's bytes */
        public MalformedReply(String message) {
            super(message, null, false, false);
        }
    }
}
