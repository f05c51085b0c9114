package dev.hydra.conversation;

import jakarta.json.JsonObject;
import java.util.List;

/**
 * One step of a model's reply. A whole reply is the same list of events at once, so a dialect needs one reader and one writer.
 *
 * <p>{@code candidate} counts from 0. Order of a candidate: any number of content events, then one {@link Finished}.
 */
public sealed interface ReplyEvent {
    /** The candidate that it is about, from 0; 0 where it is about the whole reply. */
    default int candidate() {
        return 0;
    }

    /** The provider has begun. @param responseId the provider's id; may be empty @param modelVersion the model it really used; may be empty */
    record Started(String responseId, String modelVersion) implements ReplyEvent {
    }

    /**
     * The provider's message itself, for a client that speaks the provider's format: its writer passes these bytes on and leaves out the events, which only say
     * what the message means. Comes before them. To all other writers it means nothing.
     *
     * @param message one whole document; not changed by anybody
     */
    record Original(byte[] message) implements ReplyEvent {
    }

    /** More visible text; empty only when it carries a seal. */
    record TextDelta(int candidate, String text, Seal seal) implements ReplyEvent {
    }

    /** More of the model's thoughts. */
    record ThoughtDelta(int candidate, String text, Seal seal) implements ReplyEvent {
    }

    /**
     * A tool call begins; its arguments follow as {@link CallArguments} with the same {@code call}.
     *
     * @param call counts the calls of this candidate from 0
     * @param id   the provider's id; made by the reader when the provider gave none, so never empty
     * @param name the name that the client declared
     */
    record CallStarted(int candidate, int call, String id, String name, Seal seal) implements ReplyEvent {
    }

    /** More of a call's arguments: the pieces of one call, joined, are one JSON object. */
    record CallArguments(int candidate, int call, String json) implements ReplyEvent {
    }

    /** A picture or sound made by the model. @param base64 standard base64 */
    record MediaMade(int candidate, String mimeType, String base64, Seal seal) implements ReplyEvent {
    }

    /**
     * A source of the answer's text.
     *
     * @param start first character, counted in code points of the candidate's visible text so far; 0 when unknown
     * @param end   one past the last character; 0 when unknown
     */
    record Cited(int candidate, int start, int end, String uri, String title) implements ReplyEvent {
    }

    /** A part that only the provider's dialect knows, e.g. code that it ran. */
    record ForeignMade(int candidate, Part.Foreign part, Seal seal) implements ReplyEvent {
    }

    /** Log probabilities of text already sent. */
    record Logprobs(int candidate, List<TokenLogprob> tokens) implements ReplyEvent {
    }

    /** One token. @param logprob natural logarithm @param alternatives most likely first, themselves without alternatives */
    record TokenLogprob(String token, double logprob, List<TokenLogprob> alternatives) {
    }

    /** A candidate is complete. @param message the provider's explanation; may be empty */
    record Finished(int candidate, FinishReason reason, String message) implements ReplyEvent {
    }

    /** The prompt was refused before any answer. @param reason the provider's word, e.g. {@code PROHIBITED_CONTENT} */
    record Refused(String reason, String message) implements ReplyEvent {
    }

    /** Tokens so far; a later one replaces an earlier one. @param serviceTier tier really used; may be empty */
    record UsageReported(Usage usage, String serviceTier) implements ReplyEvent {
    }

    /** The provider reported an error inside its reply. @param error its error document, e.g. {@code {"error":{"code":503,…}}} */
    record ProviderError(JsonObject error) implements ReplyEvent {
    }
}
