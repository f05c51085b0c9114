package dev.hydra.gateway;

import dev.hydra.conversation.FinishReason;
import dev.hydra.conversation.ReplyEvent;
import dev.hydra.conversation.Usage;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is known of a provider's reply so far. Holds events back until there is content: up to then another key may still answer instead.
 */
final class Reply implements Consumer<ReplyEvent> {
    private final boolean live;
    private List<ReplyEvent> held = new ArrayList<>();
    private boolean content;
    private boolean shown;
    private boolean refused;
    private final BitSet begun = new BitSet();
    private final BitSet finished = new BitSet();
    private FinishReason reason = FinishReason.OTHER;
    private String explanation = "";
    private Optional<JsonObject> error = Optional.empty();
    private Usage usage = Usage.NONE;

    /** @param live whether events may leave as soon as there is content */
    Reply(boolean live) {
        this.live = live;
    }

    @Override
    public void accept(ReplyEvent event) {
        switch (event) {
            case ReplyEvent.ProviderError failure -> error = Optional.of(failure.error());
            case ReplyEvent.TextDelta text -> show(text.candidate(), !text.text().isEmpty());
            case ReplyEvent.ThoughtDelta thought -> {
                begun.set(thought.candidate());
                content = true;
            }
            case ReplyEvent.CallStarted call -> show(call.candidate(), true);
            case ReplyEvent.MediaMade media -> show(media.candidate(), true);
            case ReplyEvent.ForeignMade foreign -> show(foreign.candidate(), true);
            case ReplyEvent.Finished end -> finish(end);
            case ReplyEvent.Refused refusal -> refused = true;
            case ReplyEvent.UsageReported report -> usage = report.usage();
            case ReplyEvent.Started started -> {
            }
            case ReplyEvent.Original original -> {
            }
            case ReplyEvent.CallArguments arguments -> {
            }
            case ReplyEvent.Cited cited -> {
            }
            case ReplyEvent.Logprobs logprobs -> {
            }
        }
        if (!(event instanceof ReplyEvent.ProviderError)) {
            held.add(event);
        }
    }

    private void finish(ReplyEvent.Finished end) {
        finished.set(end.candidate());
        reason = end.reason();
        explanation = end.message();
    }

    private void show(int candidate, boolean visible) {
        begun.set(candidate);
        shown |= visible;
        content |= visible;
    }

    /** Events that may go out now; they are held no longer. */
    List<ReplyEvent> due() {
        return live && content ? release() : List.of();
    }

    /** Everything still held. */
    List<ReplyEvent> release() {
        List<ReplyEvent> all = held;
        held = new ArrayList<>();
        return all;
    }

    /** Whether something may have gone out already, so that no other key can answer any more. */
    boolean committed() {
        return live && content;
    }

    /** Whether there is anything to show. */
    boolean shown() {
        return shown;
    }

    /** An error document inside the reply. */
    Optional<JsonObject> error() {
        return error;
    }

    /** What the provider counted. */
    Usage usage() {
        return usage;
    }

    /** The second point of judgement: what the end of the reply means (spec mapping §2.1). @param complete whether its bytes came in full */
    Ending ending(boolean complete) {
        if (error.isPresent()) {
            return Ending.ERROR;
        }
        if (refused) {
            return Ending.GOOD;
        }
        if (finished.isEmpty() || !unfinished().isEmpty()) {
            return complete && shown ? Ending.UNFINISHED : Ending.CUT;
        }
        if (reason == FinishReason.MALFORMED_CALL && !committed()) {
            return Ending.MALFORMED;
        }
        return shown ? Ending.GOOD : emptyEnding(reason);
    }

    /** Candidates that have begun and have no finish reason. */
    BitSet unfinished() {
        BitSet open = (BitSet) begun.clone();
        open.andNot(finished);
        return open;
    }

    private static Ending emptyEnding(FinishReason reason) {
        return switch (reason) {
            case LENGTH, FILTERED -> Ending.GOOD;
            case STOP, OTHER -> Ending.EMPTY;
            case MALFORMED_CALL -> Ending.MALFORMED;
        };
    }

    /** The provider's explanation of the end; may be empty. */
    String explanation() {
        return explanation;
    }

    /** How a reply ended. */
    enum Ending {
        /** An answer. */
        GOOD,
        /** Content, in full, but the provider named no finish reason. */
        UNFINISHED,
        /** In order, but with nothing to show. */
        EMPTY,
        /** The model called a function in a form that Gemini itself could not read. */
        MALFORMED,
        /** The connection ended before the reply did. */
        CUT,
        /** An error document instead of the rest. */
        ERROR
    }
}
