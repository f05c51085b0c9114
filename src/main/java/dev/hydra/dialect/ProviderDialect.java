package dev.hydra.dialect;

import dev.hydra.conversation.Conversation;

/** The side of a wire format that faces those whom we call. Implementations are stateless and safe for use by many threads. */
public interface ProviderDialect {
    /** Its name, e.g. {@code gemini}, the same as of the client's side of the format; also the dialect of its foreign parts. */
    String id();

    /**
     * Whether the provider itself reads what a {@link dev.hydra.conversation.Part.Source.Link} points at. All other links must be fetched and
     * made inline before {@link #write}.
     */
    boolean takesLink(String uri);

    /**
     * Writes a request for a model. The conversation may be loose (roles repeated, results unordered); what leaves here keeps the provider's
     * grammar.
     *
     * @param model the provider's name of the model
     * @throws InvalidRequest when the conversation cannot be said in this format without changing its meaning
     */
    ProviderRequest write(Conversation conversation, String model);
}
