package dev.hydra.dialect.gemini;

import dev.hydra.conversation.Part;
import dev.hydra.conversation.Turn;
import dev.hydra.conversation.Turn.Role;
import dev.hydra.dialect.Steps;
import dev.hydra.dialect.ToolPairs;
import dev.hydra.dialect.gemini.Content.Answer;
import dev.hydra.dialect.gemini.Content.Call;
import dev.hydra.dialect.gemini.Content.Piece;
import dev.hydra.dialect.gemini.Content.Plain;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Brings turns in any order into the grammar that Gemini demands (spec mapping §1.1, §2.4): roles alternate, nothing is empty, the answers
 * to a turn's calls follow it at once, as many as the calls and in their order, and the calls of the current turn are signed.
 */
final class TurnGrammar {
    private final ModelFamily family;
    private final Set<String> ignored;
    private final ToolPairs pairs;
    private final List<Content> contents = new ArrayList<>();

    private TurnGrammar(ToolPairs pairs, ModelFamily family, Set<String> ignored) {
        this.pairs = pairs;
        this.family = family;
        this.ignored = ignored;
    }

    /** @param ignored gets the names of what is left out */
    static List<Content> of(List<Turn> turns, ModelFamily family, Set<String> ignored) {
        List<Turn> all = Steps.of(turns, (part, role) -> isSendable(part, role, family, ignored));
        List<Turn> steps = family.isNewest() ? rejoined(all) : all;
        TurnGrammar grammar = new TurnGrammar(ToolPairs.of(steps), family, ignored);
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).role() == Role.MODEL) {
                grammar.model(steps.get(i), i == steps.size() - 1);
            } else {
                grammar.user(steps.get(i));
            }
        }
        grammar.openWithUser();
        grammar.signCurrentTurn();
        return grammar.contents;
    }

    private static boolean isSendable(Part part, Role role, ModelFamily family, Set<String> ignored) {
        return switch (part) {
            case Part.Text(var text, var seal) -> !text.isEmpty() || role == Role.MODEL && !Signatures.own(seal, family).isEmpty();
            case Part.Thought(var text, var seal) -> role == Role.MODEL && !Signatures.own(seal, family).isEmpty();
            case Part.Foreign(var dialect, var json) -> {
                boolean own = GeminiDialect.ID.equals(dialect) && !json.isEmpty();
                if (!own) {
                    ignored.add("messages.content");
                }
                yield own;
            }
            case Part.Media media -> true;
            case Part.ToolCall call -> true;
            case Part.ToolResult result -> true;
        };
    }

    /**
     * Some clients log each parallel call as a message of its own, with its result behind it. Of such a step only the first call is signed,
     * so an unsigned step of nothing but calls right behind the results of a signed one belongs to it. Before Gemini 3 sequential steps may
     * be unsigned too, so there it proves nothing.
     */
    private static List<Turn> rejoined(List<Turn> steps) {
        List<Turn> joined = new ArrayList<>(steps.size());
        int i = 0;
        while (i < steps.size()) {
            Turn calls = steps.get(i++);
            joined.add(calls);
            if (i < steps.size() && calls.role() == Role.MODEL && isSigned(calls) && isAll(steps.get(i), Part.ToolResult.class)) {
                Turn results = steps.get(i++);
                joined.add(results);
                boolean pure = true;
                while (pure && i + 1 < steps.size() && isTorn(steps.get(i), steps.get(i + 1))) {
                    pure = isAll(steps.get(i + 1), Part.ToolResult.class);
                    calls.parts().addAll(steps.get(i++).parts());
                    results.parts().addAll(steps.get(i++).parts());
                }
            }
        }
        return joined;
    }

    private static boolean isTorn(Turn calls, Turn results) {
        return isAll(calls, Part.ToolCall.class) && !isSigned(calls) && results.parts().getFirst() instanceof Part.ToolResult;
    }

    private static boolean isAll(Turn step, Class<? extends Part> kind) {
        return step.parts().stream().allMatch(kind::isInstance);
    }

    private static boolean isSigned(Turn step) {
        return step.parts().stream().anyMatch(part -> part instanceof Part.ToolCall call && call.seal().isPresent());
    }

    private void model(Turn step, boolean last) {
        List<Piece> pieces = new ArrayList<>();
        Set<String> repeated = repeatedIds(step);
        for (Part part : step.parts()) {
            if (!(part instanceof Part.ToolCall call)) {
                pieces.add(new Plain(part, sealOf(part)));
            } else if (last) {
                ignored.add("tool_calls"); // nobody has answered: a 400 if it were sent
            } else {
                pieces.add(new Call(call, repeated.contains(call.id()) ? "" : call.id(), Signatures.own(call.seal(), family)));
            }
        }
        append(Role.MODEL, pieces);
        List<Piece> answers = new ArrayList<>();
        for (Piece piece : pieces) {
            if (piece instanceof Call(var call, var id, var seal)) {
                answers.add(new Answer(call, id, pairs.answerTo(call)));
            }
        }
        append(Role.USER, answers);
    }

    /** Ids that several calls of one step share: they would pair wrongly, while the order pairs rightly. */
    private static Set<String> repeatedIds(Turn step) {
        Set<String> seen = new HashSet<>();
        Set<String> repeated = new HashSet<>();
        for (Part part : step.parts()) {
            if (part instanceof Part.ToolCall call && !seen.add(call.id())) {
                repeated.add(call.id());
            }
        }
        return repeated;
    }

    private String sealOf(Part part) {
        return switch (part) {
            case Part.Text text -> Signatures.own(text.seal(), family);
            case Part.Thought thought -> Signatures.own(thought.seal(), family);
            case Part.Media media -> Signatures.own(media.seal(), family);
            case Part.ToolCall call -> Signatures.own(call.seal(), family);
            case Part.ToolResult result -> "";
            case Part.Foreign foreign -> "";
        };
    }

    private void user(Turn step) {
        List<Piece> pieces = new ArrayList<>();
        for (Part part : step.parts()) {
            if (!(part instanceof Part.ToolResult result)) {
                pieces.add(new Plain(part, ""));
            } else if (!pairs.isPaired(result)) {
                unknownCall(result, pieces);
            }
        }
        append(Role.USER, pieces);
    }

    /** An invented call would put words into the model's mouth, so the result is told as text. */
    private static void unknownCall(Part.ToolResult result, List<Piece> pieces) {
        String name = result.name().isEmpty() ? result.callId() : result.name() + " " + result.callId();
        String kind = result.error() ? "tool error" : "tool result";
        pieces.add(new Plain(new Part.Text("[" + kind + " for unknown call " + name.strip() + "]"), ""));
        for (Part part : result.content()) {
            if (part instanceof Part.Media || part instanceof Part.Text text && !text.text().isEmpty()) {
                pieces.add(new Plain(part, ""));
            }
        }
    }

    private void append(Role role, List<Piece> pieces) {
        if (pieces.isEmpty()) {
            return;
        }
        if (contents.isEmpty() || contents.getLast().role() != role) {
            contents.add(new Content(role, new ArrayList<>()));
        }
        contents.getLast().pieces().addAll(pieces);
    }

    /** "function call turn comes immediately after a user turn": a history whose beginning was cut needs one. */
    private void openWithUser() {
        if (!contents.isEmpty() && contents.getFirst().hasCalls()) {
            contents.addFirst(new Content(Role.USER, List.of(new Plain(new Part.Text(" "), ""))));
        }
    }

    /** From Gemini 3 on the first call of each step since the last real user turn must be signed, else the request is a 400. */
    private void signCurrentTurn() {
        if (!family.isNewest()) {
            return;
        }
        for (int i = contents.size() - 1; i >= 0; i--) {
            Content content = contents.get(i);
            if (content.role() == Role.MODEL) {
                signFirstCall(content.pieces());
            } else if (!content.hasAnswers()) {
                return;
            }
        }
    }

    private static void signFirstCall(List<Piece> pieces) {
        for (int i = 0; i < pieces.size(); i++) {
            if (pieces.get(i) instanceof Call(var call, var id, var seal)) {
                if (seal.isEmpty()) {
                    pieces.set(i, new Call(call, id, Signatures.PLACEHOLDER));
                }
                return;
            }
        }
    }

    /** The answer's result, or the one that stands for it. */
    static Part.ToolResult resultOf(Answer answer) {
        Optional<Part.ToolResult> given = answer.result();
        return given.orElseGet(() -> ToolPairs.missing(answer.call()));
    }
}
