package dev.hydra.dialect;

import dev.hydra.wire.Passage;
import java.util.Optional;

/** The side of a wire format that faces those who call us. Implementations are stateless and safe for use by many threads. */
public interface ClientDialect {
    /** Its name in audit rows and logs, e.g. {@code chat}. */
    String id();

    /**
     * Scans a request once, building no tree, and refuses what no reader should see: broken JSON or UTF-8, duplicate keys, too deep nesting.
     *
     * @throws InvalidRequest when the body is not acceptable or names no model
     */
    Ask peek(byte[] body);

    /**
     * Reads a request that has passed {@link #peek}.
     *
     * @throws InvalidRequest naming the field that cannot be understood, or whose loss would change the meaning
     */
    ClientRequest read(byte[] body);

    /** The error document for a failure, whole reply or HTTP error alike. @param requestId never empty */
    byte[] error(Failure failure, String requestId);

    /** Bytes that keep a silent stream alive and mean nothing to the client; empty where the format has none (spec clients §5.1). */
    Optional<byte[]> keepAlive();

    /** Content type of a stream. */
    default String streamType() {
        return "text/event-stream";
    }

    /** Whether a stream that broke after its first bytes is cut off behind the error frame, or ended in order (spec clients §5.3). */
    default boolean cutsBrokenStream() {
        return true;
    }

    /** What of the client's HTTP request goes on to a provider of the same format. */
    default Passage passage() {
        return Passage.NONE;
    }
}
