package dev.hydra.dialect.chat;

import dev.hydra.Component;
import dev.hydra.conversation.Conversation;
import dev.hydra.dialect.BodyScan;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.Field;
import dev.hydra.dialect.OpenAiDialect;
import dev.hydra.dialect.ProviderDialect;
import dev.hydra.dialect.ProviderRequest;
import dev.hydra.settings.Settings;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;

/** OpenAI Chat Completions, as clients and as providers speak it. */
@Component
public final class ChatDialect extends OpenAiDialect implements ProviderDialect {
    /** With the default limit of nesting. */
    public ChatDialect() {
        super(new BodyScan());
    }

    /** With the limit of nesting of {@code HYDRA_LIMIT_DEPTH}. */
    @Inject
    public ChatDialect(Settings settings) {
        super(new BodyScan(settings));
    }

    @Override
    public String id() {
        return "chat";
    }

    @Override
    public ClientRequest read(byte[] body) {
        return new ChatRequestReader(BodyScan.object(body)).read();
    }

    /** A request that was read in another format, with answers in this one. @param body the request, for {@code stream_options} */
    public ClientRequest answering(ClientRequest other, JsonObject body) {
        return new ChatRequest(other.conversation(), other.ignored(),
                ChatRequestReader.plainWishes(Field.root(body), other.conversation()));
    }

    /** Never: only pictures could be links, and nobody knows what a link leads to before it was fetched. */
    @Override
    public boolean takesLink(String uri) {
        return false;
    }

    @Override
    public ProviderRequest write(Conversation conversation, String model) {
        return new ChatProviderWriter(conversation).write(model);
    }
}
