package dev.hydra.dialect.messages;

import dev.hydra.Component;
import dev.hydra.dialect.Ask;
import dev.hydra.dialect.BodyScan;
import dev.hydra.dialect.ClientDialect;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.Failure;
import dev.hydra.settings.Settings;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Anthropic Messages as clients speak it. */
@Component
public final class MessagesDialect implements ClientDialect {
    static final String ID = "messages";
    private static final byte[] KEEP_ALIVE = MessagesStream.PING.getBytes(StandardCharsets.US_ASCII);

    private final BodyScan scan;

    /** With the default limit of nesting. */
    public MessagesDialect() {
        scan = new BodyScan();
    }

    /** With the limit of nesting of {@code HYDRA_LIMIT_DEPTH}. */
    @Inject
    public MessagesDialect(Settings settings) {
        scan = new BodyScan(settings);
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Ask peek(byte[] body) {
        return scan.peek(body);
    }

    @Override
    public ClientRequest read(byte[] body) {
        return new MessagesRequestReader(BodyScan.object(body)).read();
    }

    @Override
    public byte[] error(Failure failure, String requestId) {
        return MessagesError.document(failure, requestId);
    }

    @Override
    public int status(Failure failure) {
        return failure.kind() == Failure.Kind.OVERLOADED ? MessagesError.OVERLOADED : failure.kind().status();
    }

    @Override
    public String requestIdHeader() {
        return "request-id";
    }

    @Override
    public Optional<byte[]> keepAlive() {
        return Optional.of(KEEP_ALIVE.clone());
    }
}
