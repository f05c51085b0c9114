package dev.hydra.dialect.responses;

import dev.hydra.Component;
import dev.hydra.conversation.Conversation;
import dev.hydra.dialect.Archive;
import dev.hydra.dialect.Ask;
import dev.hydra.dialect.BodyScan;
import dev.hydra.dialect.ClientDialect;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.OpenAiError;
import dev.hydra.dialect.ProviderDialect;
import dev.hydra.dialect.ProviderRequest;
import dev.hydra.settings.Settings;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** OpenAI Responses, as clients and as providers speak it. */
@Component
public final class ResponsesDialect implements ClientDialect, ProviderDialect {
    static final String ID = "responses";

    /** A comment and not an event, because it may come before {@code response.created}, which SDKs want first (spec clients §4). */
    private static final byte[] KEEP_ALIVE = ": keep-alive\n\n".getBytes(StandardCharsets.US_ASCII);

    private final BodyScan scan;

    /** With the default limit of nesting. */
    public ResponsesDialect() {
        scan = new BodyScan();
    }

    /** With the limit of nesting of {@code HYDRA_LIMIT_DEPTH}. */
    @Inject
    public ResponsesDialect(Settings settings) {
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
        return read(body, Archive.NONE);
    }

    @Override
    public ClientRequest read(byte[] body, Archive archive) {
        return new ResponsesRequestReader(BodyScan.object(body), archive, body.length).read();
    }

    @Override
    public byte[] error(Failure failure, String requestId) {
        return OpenAiError.document(failure);
    }

    @Override
    public Optional<byte[]> keepAlive() {
        return Optional.of(KEEP_ALIVE.clone());
    }

    /** Never: what a link leads to, a picture or a file, is not known before it was fetched. */
    @Override
    public boolean takesLink(String uri) {
        return false;
    }

    @Override
    public ProviderRequest write(Conversation conversation, String model) {
        return new ProviderWriter(conversation).write(model);
    }
}
