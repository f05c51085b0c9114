package dev.hydra.dialect.gemini;

import dev.hydra.Component;
import dev.hydra.conversation.Conversation;
import dev.hydra.conversation.Seal;
import dev.hydra.dialect.ProviderDialect;
import dev.hydra.dialect.ProviderRequest;

/** The Gemini API as a provider: {@code generateContent} and {@code streamGenerateContent} of the Google AI endpoint. */
@Component
public final class GeminiDialect implements ProviderDialect {
    static final String ID = Seal.GEMINI;

    @Override
    public String id() {
        return ID;
    }

    /** True for files of the Files API, {@code gs://} and YouTube: Google reads these itself (spec mapping §1.2). */
    @Override
    public boolean takesLink(String uri) {
        return Links.isNative(uri);
    }

    @Override
    public ProviderRequest write(Conversation conversation, String model) {
        return new RequestWriter(conversation, model).write();
    }
}
