package dev.hydra.dialect.gemini;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds which nodes of a graph lie on a common cycle (strongly connected components by Kosaraju), in linear time and without recursion. */
final class Cycles {
    private Cycles() {
    }

    /** @param edges the nodes that each node points at @return for each node on a cycle the nodes of its component, itself included */
    static Map<String, Set<String>> of(Map<String, Set<String>> edges) {
        Map<String, Set<String>> backwards = new HashMap<>();
        edges.forEach((from, targets) -> targets.forEach(to -> backwards.computeIfAbsent(to, node -> new HashSet<>()).add(from)));
        List<String> finished = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        edges.keySet().forEach(node -> visit(node, edges, seen, finished));
        Map<String, Set<String>> cycles = new HashMap<>();
        Set<String> placed = new HashSet<>();
        for (String node : finished.reversed()) {
            List<String> component = new ArrayList<>();
            visit(node, backwards, placed, component);
            boolean cyclic = component.size() > 1 || edges.getOrDefault(node, Set.of()).contains(node);
            if (cyclic) {
                Set<String> members = Set.copyOf(component);
                component.forEach(member -> cycles.put(member, members));
            }
        }
        return cycles;
    }

    /** Depth first; adds each newly seen node when all behind it are done. */
    private static void visit(String start, Map<String, Set<String>> edges, Set<String> seen, List<String> finished) {
        if (!seen.add(start)) {
            return;
        }
        Deque<String> path = new ArrayDeque<>(List.of(start));
        Deque<Iterator<String>> next = new ArrayDeque<>();
        next.push(edges.getOrDefault(start, Set.of()).iterator());
        while (!path.isEmpty()) {
            if (!next.element().hasNext()) {
                next.pop();
                finished.add(path.pop());
                continue;
            }
            String node = next.element().next();
            if (seen.add(node)) {
                path.push(node);
                next.push(edges.getOrDefault(node, Set.of()).iterator());
            }
        }
    }
}
