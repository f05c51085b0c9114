package dev.hydra.dialect.messages;

import dev.hydra.conversation.Part;
import dev.hydra.conversation.Seal;
import dev.hydra.conversation.Turn;
import dev.hydra.conversation.Turn.Role;
import dev.hydra.dialect.Steps;
import dev.hydra.dialect.ToolPairs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Brings turns in any order into the grammar that Anthropic demands: the user begins, nothing is empty or blank, the results of a message's calls
 * stand at the beginning of the next one, each call has one, and no id occurs twice.
 */
final class ProvidersTurns {
    private final Set<String> ignored;
    private final ToolPairs pairs;
    private final Set<String> ids = new HashSet<>();
    private final List<Message> messages = new ArrayList<>();

    private ProvidersTurns(ToolPairs pairs, Set<String> ignored) {
        this.pairs = pairs;
        this.ignored = ignored;
    }

    /** One message. */
    record Message(Role role, List<Block> blocks) {
    }

    /** One block. @param id of a call and of its result, as it is sent; else empty */
    record Block(Part part, String id) {
    }

    /** @param ignored gets the names of what is left out */
    static List<Message> of(List<Turn> turns, Set<String> ignored) {
        List<Turn> steps = Steps.of(turns, (part, role) -> isSendable(part, ignored));
        ProvidersTurns grammar = new ProvidersTurns(ToolPairs.of(steps), ignored);
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).role() == Role.MODEL) {
                grammar.model(steps.get(i), i == steps.size() - 1);
            } else {
                grammar.user(steps.get(i));
            }
        }
        if (!grammar.messages.isEmpty() && grammar.messages.getFirst().role() == Role.MODEL) {
            grammar.messages.addFirst(new Message(Role.USER, List.of(new Block(new Part.Text("(The beginning is left out.)"), ""))));
        }
        return grammar.messages;
    }

    private static boolean isSendable(Part part, Set<String> ignored) {
        return switch (part) {
            case Part.Text text -> !text.text().isBlank();
            case Part.Thought thought -> thought.seal().isPresent() && thought.seal().origin().equals(Seal.ANTHROPIC);
            case Part.Foreign foreign -> {
                boolean own = foreign.dialect().equals(MessagesDialect.ID);
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

    private void model(Turn step, boolean last) {
        List<Block> blocks = new ArrayList<>();
        List<Block> answers = new ArrayList<>();
        for (Part part : step.parts()) {
            if (!(part instanceof Part.ToolCall call)) {
                blocks.add(new Block(part, ""));
            } else if (last) {
                ignored.add("tool_calls"); // nobody has answered: a 400 if it were sent
            } else {
                String id = unique(call.id());
                blocks.add(new Block(call, id));
                answers.add(new Block(pairs.answerTo(call).orElseGet(() -> ToolPairs.missing(call)), id));
            }
        }
        append(Role.MODEL, blocks);
        append(Role.USER, answers);
    }

    /** An id that the pattern allows and that no other call has. */
    private String unique(String id) {
        String legal = id.isEmpty() ? "toolu_" + ids.size() : ToolIds.written(id);
        String unique = legal;
        for (int i = 2; !ids.add(unique); i++) {
            unique = legal + '_' + i;
        }
        return unique;
    }

    private void user(Turn step) {
        List<Block> blocks = new ArrayList<>();
        for (Part part : step.parts()) {
            if (!(part instanceof Part.ToolResult result)) {
                blocks.add(new Block(part, ""));
            } else if (!pairs.isPaired(result)) {
                blocks.add(new Block(new Part.Text("[tool result for unknown call " + result.callId() + "]"), ""));
                result.content().forEach(inner -> blocks.add(new Block(inner, "")));
            }
        }
        append(Role.USER, blocks);
    }

    private void append(Role role, List<Block> blocks) {
        if (blocks.isEmpty()) {
            return;
        }
        if (messages.isEmpty() || messages.getLast().role() != role) {
            messages.add(new Message(role, new ArrayList<>()));
        }
        messages.getLast().blocks().addAll(blocks);
    }
}
