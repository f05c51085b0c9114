package dev.hydra.dialect.responses;

import dev.hydra.Component;
import dev.hydra.conversation.Conversation;
import dev.hydra.dialect.Archive;
import dev.hydra.dialect.BodyScan;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.OpenAiDialect;
import dev.hydra.dialect.ProviderDialect;
import dev.hydra.dialect.ProviderRequest;
import dev.hydra.settings.Settings;
import jakarta.inject.Inject;

/** OpenAI Responses, as clients and as providers speak it. */
@Component
public final class ResponsesDialect extends OpenAiDialect implements ProviderDialect {
    static final String ID = "responses";

    /** With the default limit of nesting. */
    public ResponsesDialect() {
        super(new BodyScan());
    }

    /** With the limit of nesting of {@code HYDRA_LIMIT_DEPTH}. */
    @Inject
    public ResponsesDialect(Settings settings) {
        super(new BodyScan(settings));
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public ClientRequest read(byte[] body) {
        return read(body, Archive.NONE);
    }

    @Override
    public ClientRequest read(byte[] body, Archive archive) {
        return new ResponsesRequestReader(BodyScan.object(body), archive, body.length).read();
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
