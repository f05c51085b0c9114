package dev.hydra.dialect.messages;

import dev.hydra.Component;
import dev.hydra.conversation.Conversation;
import dev.hydra.dialect.ProviderDialect;
import dev.hydra.dialect.ProviderRequest;

/**
 * Anthropic Messages as a provider speaks it. A request's body says nothing of {@code stream}: whether a stream is wanted is the call's affair, and some
 * providers of this format (Bedrock) say it in the address.
 */
@Component
public final class MessagesProvider implements ProviderDialect {
    @Override
    public String id() {
        return MessagesDialect.ID;
    }

    /** True for https: Anthropic fetches pictures and documents itself, though not those that only Google's key opens. */
    @Override
    public boolean takesLink(String uri) {
        return uri.startsWith("https://") && !uri.startsWith("https://generativelanguage.googleapis.com/");
    }

    @Override
    public ProviderRequest write(Conversation conversation, String model) {
        return new RequestWriter(conversation, model).write();
    }
}
