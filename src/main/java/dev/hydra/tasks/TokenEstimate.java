package dev.hydra.tasks;

import dev.hydra.conversation.Conversation;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.Tool;
import dev.hydra.conversation.Turn;
import java.util.ArrayList;
import java.util.List;

/** Tokens by rule of thumb: four Latin characters or less than two others are a token, and so is Gemini's fixed price of a picture. */
final class TokenEstimate {
    /** What Gemini counts for a picture of ordinary size, and for a page of a document. */
    private static final long MEDIUM = 258;
    private static final double PER_LATIN = 0.25;
    private static final double PER_OTHER = 0.6;
    /** Roles, names and braces around a part. */
    private static final long AROUND = 4;

    private TokenEstimate() {
    }

    /** All input of a conversation; at least 1. */
    static long of(Conversation conversation) {
        long tokens = of(conversation.system());
        for (Turn turn : conversation.turns()) {
            tokens += of(turn.parts());
        }
        for (Tool tool : conversation.tools()) {
            tokens += AROUND + switch (tool) {
                case Tool.Function function ->
                    text(function.name()) + text(function.description()) + text(function.parameters().toString());
                case Tool.Custom custom -> text(custom.name()) + text(custom.description()) + text(custom.format().toString());
                case Tool.Hosted hosted -> 0;
            };
        }
        return Math.max(1, tokens);
    }

    private static long of(List<Part> parts) {
        return parts.stream().mapToLong(part -> AROUND + switch (part) {
            case Part.Text text -> text(text.text());
            case Part.Thought thought -> text(thought.text());
            case Part.Media media -> MEDIUM;
            case Part.ToolCall call -> text(call.name()) + text(call.arguments().toString());
            case Part.ToolResult result -> text(result.name()) + of(result.content());
            case Part.Foreign foreign -> text(foreign.json().toString());
        }).sum();
    }

    private static long text(String text) {
        long latin = text.chars().filter(c -> c < 0x80).count();
        return Math.round(latin * PER_LATIN + (text.length() - latin) * PER_OTHER);
    }

    /** The conversation without the media that stand somewhere else: nothing is fetched for a count. */
    static Conversation withoutLinks(Conversation conversation) {
        if (ofLinks(conversation) == 0) {
            return conversation;
        }
        List<Turn> turns = new ArrayList<>();
        for (Turn turn : conversation.turns()) {
            turns.add(new Turn(turn.role(), withoutLinks(turn.parts())));
        }
        return new Conversation(withoutLinks(conversation.system()), turns, conversation.tools(), conversation.toolChoice(),
                conversation.options());
    }

    private static List<Part> withoutLinks(List<Part> parts) {
        return parts.stream().filter(part -> !isLink(part)).map(part -> part instanceof Part.ToolResult result
                ? new Part.ToolResult(result.callId(), result.name(), withoutLinks(result.content()), result.error())
                : part).toList();
    }

    /** What those media will probably count. */
    static long ofLinks(Conversation conversation) {
        return MEDIUM * (links(conversation.system()) + conversation.turns().stream().mapToLong(turn -> links(turn.parts())).sum());
    }

    private static long links(List<Part> parts) {
        return parts.stream().mapToLong(part -> part instanceof Part.ToolResult result ? links(result.content()) : isLink(part) ? 1 : 0)
                .sum();
    }

    private static boolean isLink(Part part) {
        return part instanceof Part.Media media && media.source() instanceof Part.Source.Link;
    }
}
