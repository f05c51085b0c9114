package dev.hydra.dialect;

import dev.hydra.conversation.Part;
import dev.hydra.conversation.Turn;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which result answers which call. Ids may repeat in a long chat, so the nearest earlier unanswered call with the id counts; among several
 * of one step, the first. A result without an id goes by name, then by order (spec mapping §1.1). The cost grows with the number of calls
 * and results alone, whatever their order.
 */
public final class ToolPairs {
    private static final class Open {
        private final int step;
        private final Part.ToolCall call;
        private boolean answered;

        Open(int step, Part.ToolCall call) {
            this.step = step;
            this.call = call;
        }
    }

    /** Calls by step, the latest step last; what was answered by way of another index is dropped when it is met. */
    private static final class Waiting {
        private final Deque<Deque<Open>> steps = new ArrayDeque<>();

        void add(Open call) {
            if (steps.isEmpty() || steps.getLast().getLast().step != call.step) {
                steps.addLast(new ArrayDeque<>());
            }
            steps.getLast().addLast(call);
        }

        Optional<Open> next() {
            while (!steps.isEmpty()) {
                Deque<Open> latest = steps.getLast();
                while (!latest.isEmpty() && latest.getFirst().answered) {
                    latest.removeFirst();
                }
                if (!latest.isEmpty()) {
                    return Optional.of(latest.getFirst());
                }
                steps.removeLast();
            }
            return Optional.empty();
        }
    }

    private final Map<String, Waiting> byId = new HashMap<>();
    private final Map<String, Waiting> byName = new HashMap<>();
    private final Waiting all = new Waiting();
    private final Map<Part.ToolCall, Part.ToolResult> answers = new IdentityHashMap<>();
    private final Map<Part.ToolResult, Part.ToolCall> answered = new IdentityHashMap<>();

    /** Who answers whom in these steps. */
    public static ToolPairs of(List<Turn> steps) {
        ToolPairs pairs = new ToolPairs();
        for (int i = 0; i < steps.size(); i++) {
            for (Part part : steps.get(i).parts()) {
                if (part instanceof Part.ToolCall call) {
                    pairs.call(i, call);
                } else if (part instanceof Part.ToolResult result) {
                    pairs.result(result);
                }
            }
        }
        return pairs;
    }

    /** The result that stands for one that the client did not give. */
    public static Part.ToolResult missing(Part.ToolCall call) {
        return new Part.ToolResult(call.id(), call.name(), List.of(new Part.Text("no result supplied")), true);
    }

    /** Notes a call. @param step number of the turn that it belongs to; never smaller than that of the call before */
    public void call(int step, Part.ToolCall call) {
        Open open = new Open(step, call);
        byId.computeIfAbsent(call.id(), id -> new Waiting()).add(open);
        byName.computeIfAbsent(call.name(), name -> new Waiting()).add(open);
        all.add(open);
    }

    /** Notes a result; calls that come later cannot be meant by it. */
    public void result(Part.ToolResult result) {
        next(result).ifPresent(open -> {
            open.answered = true;
            answers.put(open.call, result);
            answered.put(result, open.call);
        });
    }

    /** The result of a call; empty when there is none. */
    public Optional<Part.ToolResult> answerTo(Part.ToolCall call) {
        return Optional.ofNullable(answers.get(call));
    }

    /** Whether a result belongs to a call that was noted. */
    public boolean isPaired(Part.ToolResult result) {
        return answered.containsKey(result);
    }

    private Optional<Open> next(Part.ToolResult result) {
        if (!result.callId().isEmpty()) {
            return Optional.ofNullable(byId.get(result.callId())).flatMap(Waiting::next);
        }
        return result.name().isEmpty() ? all.next() : Optional.ofNullable(byName.get(result.name())).flatMap(Waiting::next);
    }
}
