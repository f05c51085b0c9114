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

    /**
     * As {@link #read(byte[])}, for a format whose requests may build on earlier replies by name and whose replies are kept for that.
     *
     * @param archive what is kept for this caller
     */
    default ClientRequest read(byte[] body, Archive archive) {
        return read(body);
    }

    /** The error document for a failure, whole reply or HTTP error alike. @param requestId never empty */
    byte[] error(Failure failure, String requestId);

    /** The HTTP status for a failure. */
    default int status(Failure failure) {
        return failure.kind().status();
    }

    /** The header in which its SDKs look for the request's id, beside {@code x-request-id}, which every answer has. */
    default String requestIdHeader() {
        return "x-request-id";
    }

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
