package dev.hydra.dialect;

import dev.hydra.conversation.Conversation;
import dev.hydra.wire.Passage;
import java.util.Optional;
import java.util.Set;

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

    /**
     * A request of a client that speaks this format, as it is but for its suffixes. Its reader emits each message as an {@code Original} before the events
     * that it means.
     *
     * @param body     as the client sent it; not copied and not changed
     * @param model    the provider's name of the model
     * @param suffixes wishes that the model's name carried
     * @param passage  what else of the client's request goes on
     * @return empty where clients of this format are translated too, see {@link #passesOn}
     * @throws InvalidRequest when a suffix cannot be honoured
     */
    default Optional<ProviderRequest> verbatim(byte[] body, String model, Set<ModelSuffix> suffixes, Passage passage) {
        return Optional.empty();
    }

    /** Whether {@link #verbatim} gives something. */
    default boolean passesOn() {
        return false;
    }

    /**
     * A client's body without the signatures of its history, which the provider did not accept: in their place stands what the format documents for that.
     *
     * @return empty where the format knows no such thing
     */
    default Optional<byte[]> withoutSeals(byte[] body) {
        return Optional.empty();
    }
}
