package dev.hydra.dialect;

import dev.hydra.conversation.FinishReason;
import dev.hydra.conversation.ReplyEvent;
import dev.hydra.conversation.ReplyEvent.MediaMade;
import dev.hydra.conversation.Usage;
import java.util.ArrayList;
import java.util.List;

/** What a reply's first candidate holds, for endpoints that answer with one text, picture or sound instead of a conversation. */
public final class CollectedReply {
    private final StringBuilder text = new StringBuilder();
    private final List<MediaMade> media = new ArrayList<>();
    private FinishReason reason = FinishReason.OTHER;
    private String explanation = "";
    private Usage usage = Usage.NONE;

    /** Takes one event of the reply. */
    public void add(ReplyEvent event) {
        if (event.candidate() != 0) {
            return;
        }
        switch (event) {
            case ReplyEvent.TextDelta delta -> text.append(delta.text());
            case ReplyEvent.MediaMade made -> media.add(made);
            case ReplyEvent.UsageReported reported -> usage = reported.usage();
            case ReplyEvent.Finished finished -> {
                reason = finished.reason();
                explanation = finished.message();
            }
            case ReplyEvent.Refused refused -> {
                reason = FinishReason.FILTERED;
                explanation = refused.message().isEmpty() ? "The provider refused the prompt: " + refused.reason() : refused.message();
            }
            case ReplyEvent.ProviderError error -> throw new IllegalStateException("a provider's error is the gateway's to tell");
            case ReplyEvent.Started started -> {
            }
            case ReplyEvent.Original original -> {
            }
            case ReplyEvent.ThoughtDelta thought -> {
            }
            case ReplyEvent.CallStarted call -> {
            }
            case ReplyEvent.CallArguments arguments -> {
            }
            case ReplyEvent.Cited cited -> {
            }
            case ReplyEvent.ForeignMade foreign -> {
            }
            case ReplyEvent.Logprobs logprobs -> {
            }
        }
    }

    /** The visible text. */
    public String text() {
        return text.toString();
    }

    /** Pictures and sounds, in order. */
    public List<MediaMade> media() {
        return media;
    }

    /** Why the reply ended. */
    public FinishReason reason() {
        return reason;
    }

    /** The provider's count. */
    public Usage usage() {
        return usage;
    }

    /** Why there is not what was asked for, in the model's or the provider's own words. @param wanted e.g. {@code a picture} */
    public Failure missing(String wanted) {
        String why = !text.isEmpty() ? text.toString().strip() : explanation;
        return Failure.of(Failure.Kind.REFUSED, why.isEmpty() ? "The model did not make " + wanted + "." : why);
    }
}
