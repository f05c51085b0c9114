package dev.hydra.dialect.gemini;

import dev.hydra.Component;
import dev.hydra.conversation.Conversation;
import dev.hydra.conversation.Seal;
import dev.hydra.dialect.ModelSuffix;
import dev.hydra.dialect.ProviderDialect;
import dev.hydra.dialect.ProviderRequest;
import dev.hydra.wire.Passage;
import java.util.Optional;
import java.util.Set;

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

    @Override
    public boolean passesOn() {
        return true;
    }

    @Override
    public Optional<ProviderRequest> verbatim(byte[] body, String model, Set<ModelSuffix> suffixes, Passage passage) {
        return Optional.of(new PassedOn(suffixes.isEmpty() ? body : SuffixedBody.of(body, model, suffixes), passage));
    }

    @Override
    public Optional<byte[]> withoutSeals(byte[] body) {
        return Placeholders.in(body);
    }
}
