package dev.hydra.dialect.completions;

import dev.hydra.Component;
import dev.hydra.dialect.Ask;
import dev.hydra.dialect.BodyScan;
import dev.hydra.dialect.ClientDialect;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.Field;
import dev.hydra.dialect.OpenAiError;
import dev.hydra.settings.Settings;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** OpenAI's legacy {@code POST /v1/completions}: a text is gone on with. */
@Component
public final class CompletionsDialect implements ClientDialect {
    private static final byte[] KEEP_ALIVE = ": keep-alive\n\n".getBytes(StandardCharsets.US_ASCII);

    private final BodyScan scan;

    /** With the default limit of nesting. */
    public CompletionsDialect() {
        scan = new BodyScan();
    }

    /** With the limit of nesting of {@code HYDRA_LIMIT_DEPTH}. */
    @Inject
    public CompletionsDialect(Settings settings) {
        scan = new BodyScan(settings);
    }

    @Override
    public String id() {
        return "completions";
    }

    @Override
    public Ask peek(byte[] body) {
        return scan.peek(body);
    }

    @Override
    public ClientRequest read(byte[] body) {
        return CompletionRequest.read(Field.root(BodyScan.object(body)));
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
