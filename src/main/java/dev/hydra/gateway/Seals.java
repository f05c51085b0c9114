package dev.hydra.gateway;

import dev.hydra.Component;
import dev.hydra.access.Caller;
import dev.hydra.conversation.Conversation;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.ReplyEvent;
import dev.hydra.conversation.Seal;
import dev.hydra.conversation.Turn;
import dev.hydra.keys.SharedState;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Remembers the signature of each tool call by the call's id, for clients that drop fields which they do not know (spec mapping §2.4, rule 6b).
 * Scoped by token, so that nobody reads a signature through a guessed id.
 */
@Component
public final class Seals {
    private static final Duration KEPT = Duration.ofHours(12);
    /** Larger ones are not worth the memory of every node: the documented placeholder serves then. */
    private static final int LONGEST = 32 * 1024;

    private final SharedState state;

    @Inject
    Seals(SharedState state) {
        this.state = state;
    }

    /** Keeps the seals of a reply's tool calls. */
    void remember(Caller caller, List<ReplyEvent> events) {
        for (ReplyEvent event : events) {
            if (event instanceof ReplyEvent.CallStarted call && call.seal().isPresent() && call.seal().value().length() <= LONGEST) {
                state.remember(name(caller, call.id()), call.seal().origin() + ' ' + call.seal().value(), KEPT);
            }
        }
    }

    /** The conversation with the seals that its tool calls have lost. */
    Conversation restore(Caller caller, Conversation conversation) {
        if (conversation.turns().stream().noneMatch(Seals::lacksSeal)) {
            return conversation;
        }
        List<Turn> turns = new ArrayList<>(conversation.turns().size());
        for (Turn turn : conversation.turns()) {
            turns.add(lacksSeal(turn) ? new Turn(turn.role(), turn.parts().stream().map(part -> restore(caller, part)).toList()) : turn);
        }
        return new Conversation(conversation.system(), turns, conversation.tools(), conversation.toolChoice(), conversation.options());
    }

    /** The conversation without any seal on its calls and texts; sealed thoughts are left out, as they mean nothing without. */
    static Conversation strip(Conversation conversation) {
        List<Turn> turns = conversation.turns().stream()
                .map(turn -> new Turn(turn.role(),
                        turn.parts().stream().filter(part -> !(part instanceof Part.Thought)).map(Seals::strip).toList()))
                .toList();
        return new Conversation(conversation.system(), turns, conversation.tools(), conversation.toolChoice(), conversation.options());
    }

    private static Part strip(Part part) {
        return switch (part) {
            case Part.Text text -> new Part.Text(text.text());
            case Part.ToolCall call -> new Part.ToolCall(call.id(), call.name(), call.arguments(), Seal.NONE);
            case Part.Media media ->
                new Part.Media(media.mimeType(), media.source(), media.detail(), media.name(), media.clip(), Seal.NONE);
            case Part.Thought thought -> thought;
            case Part.ToolResult result -> result;
            case Part.Foreign foreign -> foreign;
        };
    }

    private Part restore(Caller caller, Part part) {
        if (!(part instanceof Part.ToolCall call) || call.seal().isPresent() || call.id().isEmpty()) {
            return part;
        }
        return state.recall(name(caller, call.id())).<Part>map(kept -> {
            int space = kept.indexOf(' ');
            return new Part.ToolCall(call.id(), call.name(), call.arguments(),
                    new Seal(kept.substring(0, space), kept.substring(space + 1)));
        }).orElse(part);
    }

    private static boolean lacksSeal(Turn turn) {
        for (Part part : turn.parts()) {
            if (part instanceof Part.ToolCall call && !call.seal().isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static String name(Caller caller, String callId) {
        return "seal:" + caller.tokenId().orElse("") + ':' + callId;
    }
}
