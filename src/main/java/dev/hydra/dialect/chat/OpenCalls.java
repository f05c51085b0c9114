package dev.hydra.dialect.chat;

import dev.hydra.conversation.Part;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Calls of the latest assistant message with calls that have no result yet, in order. Each is found at once by id or by name: a client may
 * give thousands of results in any order.
 */
final class OpenCalls {
    private static final class Open {
        private final Part.ToolCall call;
        private boolean taken;

        Open(Part.ToolCall call) {
            this.call = call;
        }
    }

    private final Map<String, Deque<Open>> byId = new HashMap<>();
    private final Map<String, Deque<Open>> byName = new HashMap<>();
    private final Deque<Open> all = new ArrayDeque<>();

    /** The calls of a new message: earlier ones are no longer open. */
    void replace(List<Part.ToolCall> calls) {
        byId.clear();
        byName.clear();
        all.clear();
        for (Part.ToolCall call : calls) {
            Open open = new Open(call);
            byId.computeIfAbsent(call.id(), id -> new ArrayDeque<>()).addLast(open);
            byName.computeIfAbsent(call.name(), name -> new ArrayDeque<>()).addLast(open);
            all.addLast(open);
        }
    }

    /** The first open call with that id, which must not be empty; it is open no more. */
    Optional<Part.ToolCall> takeById(String id) {
        return id.isEmpty() ? Optional.empty() : take(byId.getOrDefault(id, new ArrayDeque<>()));
    }

    Optional<Part.ToolCall> takeByName(String name) {
        return take(byName.getOrDefault(name, new ArrayDeque<>()));
    }

    Optional<Part.ToolCall> takeFirst() {
        return take(all);
    }

    private static Optional<Part.ToolCall> take(Deque<Open> calls) {
        while (!calls.isEmpty()) {
            Open first = calls.removeFirst();
            if (!first.taken) {
                first.taken = true;
                return Optional.of(first.call);
            }
        }
        return Optional.empty();
    }
}
