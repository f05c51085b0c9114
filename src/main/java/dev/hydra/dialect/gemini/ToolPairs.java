package dev.hydra.dialect.gemini;

import dev.hydra.conversation.Part;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which result answers which call. Ids may repeat in a long chat, so the nearest earlier unanswered call with the id counts; among several
 * of one step, the first. A result without an id goes by name, then by order (spec mapping §1.1).
 */
final class ToolPairs {
    private record Open(int step, Part.ToolCall call) {
    }

    private final Map<String, Deque<Open>> openById = new HashMap<>();
    private final List<Open> open = new ArrayList<>();
    private final Map<Part.ToolCall, Part.ToolResult> answers = new IdentityHashMap<>();
    private final Map<Part.ToolResult, Part.ToolCall> answered = new IdentityHashMap<>();

    void call(int step, Part.ToolCall call) {
        Open entry = new Open(step, call);
        openById.computeIfAbsent(call.id(), id -> new ArrayDeque<>()).addLast(entry);
        open.add(entry);
    }

    void result(Part.ToolResult result) {
        Optional<Open> match = result.callId().isEmpty() ? byName(result.name()) : byId(result.callId());
        match.ifPresent(found -> {
            open.remove(found);
            answers.put(found.call(), result);
            answered.put(result, found.call());
        });
    }

    Optional<Part.ToolResult> answerTo(Part.ToolCall call) {
        return Optional.ofNullable(answers.get(call));
    }

    boolean isPaired(Part.ToolResult result) {
        return answered.containsKey(result);
    }

    private Optional<Open> byId(String id) {
        Deque<Open> candidates = openById.getOrDefault(id, new ArrayDeque<>());
        Open found = null;
        for (Iterator<Open> latest = candidates.descendingIterator(); latest.hasNext();) {
            Open next = latest.next();
            if (found != null && next.step() != found.step()) {
                break;
            }
            found = next;
        }
        Optional<Open> match = Optional.ofNullable(found);
        match.ifPresent(candidates::remove);
        return match;
    }

    private Optional<Open> byName(String name) {
        Open found = null;
        for (int i = open.size() - 1; i >= 0; i--) {
            Open next = open.get(i);
            if (found != null && next.step() != found.step()) {
                break;
            }
            if (name.isEmpty() || name.equals(next.call().name())) {
                found = next;
            }
        }
        Optional<Open> match = Optional.ofNullable(found);
        match.ifPresent(taken -> openById.get(taken.call().id()).remove(taken));
        return match;
    }
}
