package dev.hydra.dialect;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What OpenAI's endpoints have in common for their clients: the body names model and stream, and an error is one document for all of them. */
public abstract class OpenAiDialect implements ClientDialect {
    /** A comment and not an event, because it may come before the first event, which SDKs want to be a certain one (spec clients §4). */
    private static final byte[] KEEP_ALIVE = ": keep-alive\n\n".getBytes(StandardCharsets.US_ASCII);

    /** Limits the nesting of a body. */
    protected final BodyScan scan;

    /** @param scan with the limit of nesting */
    protected OpenAiDialect(BodyScan scan) {
        this.scan = scan;
    }

    @Override
    public Ask peek(byte[] body) {
        return scan.peek(body);
    }

    @Override
    public byte[] error(Failure failure, String requestId) {
        return OpenAiError.document(failure);
    }

    @Override
    public Optional<byte[]> keepAlive() {
        return Optional.of(KEEP_ALIVE.clone());
    }
}
