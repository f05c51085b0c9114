package dev.hydra.keys;

import dev.hydra.keys.Snapshot.Quota;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * This node's part of what Redis knows, so that it can be told again when Redis has lost it, and for the first time what was used while Redis was away: the
 * uses of the last minute, and answers of the day that Redis has not counted. Safe for use by many threads.
 */
final class Ledger {
    private static final int MANY = 20_000;

    /** By project and quota: what Redis should have. */
    private final Map<String, Map<String, Window>> windows = new HashMap<>();
    /** By project and quota: what Redis does not have. */
    private final Map<String, Map<String, Window>> alone = new HashMap<>();
    private final Map<String, Map<String, long[]>> uncounted = new HashMap<>();

    /** One more use. @param shared whether Redis has it */
    synchronized Window.Use use(String project, String group, long tokens, boolean shared, long now) {
        if (windows.size() + alone.size() > MANY) {
            dropIdle(windows, now);
            dropIdle(alone, now);
        }
        return (shared ? windows : alone).computeIfAbsent(project, name -> new HashMap<>(2)).computeIfAbsent(group, name -> new Window())
                .claim(tokens, now);
    }

    private static void dropIdle(Map<String, Map<String, Window>> among, long now) {
        among.values().removeIf(groups -> {
            groups.values().removeIf(window -> window.isIdle(now));
            return groups.isEmpty();
        });
    }

    /** A request has come back. */
    synchronized void settle(Window.@Nullable Use use, long estimate, Settlement settlement) {
        if (use != null) {
            long real = settlement instanceof Settlement.Used used && used.input() > 0 ? used.input() : estimate;
            Window.settle(use, estimate, real, settlement.counted());
        }
    }

    /** Answers of today that Redis does not know of. */
    synchronized void uncounted(String project, String model, long requests, long tokens) {
        long[] sum = uncounted.computeIfAbsent(project, name -> new HashMap<>(2)).computeIfAbsent(model, name -> new long[2]);
        sum[0] += requests;
        sum[1] += tokens;
    }

    /** Takes the answers of a project that Redis does not know of: requests and tokens by model. */
    synchronized Map<String, long[]> takeUncounted(String project) {
        Map<String, long[]> taken = uncounted.remove(project);
        return taken == null ? Map.of() : taken;
    }

    /** Uses of a project that Redis should have, by quota: beginning, requests and tokens of each step. */
    synchronized Map<String, List<long[]>> uses(String project, long now) {
        return steps(windows.getOrDefault(project, Map.of()), now);
    }

    /** Uses of a project that Redis does not have; from now on it should. */
    synchronized Map<String, List<long[]>> takeAlone(String project, long now) {
        Map<String, Window> groups = alone.remove(project);
        if (groups == null) {
            return Map.of();
        }
        Map<String, List<long[]>> taken = steps(groups, now);
        groups.forEach((group, window) -> put(project, group, window));
        return taken;
    }

    private static Map<String, List<long[]>> steps(Map<String, Window> groups, long now) {
        Map<String, List<long[]>> uses = new HashMap<>();
        groups.forEach((group, window) -> {
            List<long[]> steps = window.steps(now);
            if (!steps.isEmpty()) {
                uses.put(group, steps);
            }
        });
        return uses;
    }

    private void put(String project, String group, Window window) {
        Window known = windows.computeIfAbsent(project, name -> new HashMap<>(2)).putIfAbsent(group, window);
        if (known != null) {
            known.merge(window);
        }
    }

    /** Projects of which something is known here. */
    synchronized Set<String> projects() {
        Set<String> projects = new HashSet<>(windows.keySet());
        projects.addAll(alone());
        return projects;
    }

    /** Projects of which something is known here that Redis does not have. */
    synchronized Set<String> alone() {
        Set<String> projects = new HashSet<>(alone.keySet());
        projects.addAll(uncounted.keySet());
        return projects;
    }

    /** Uses that were one quota's are another's. @return what has moved: beginning, requests and tokens of each step */
    synchronized List<long[]> move(Quota from, Quota to, long now) {
        Map<String, Window> groups = windows.get(from.project());
        Window moved = groups == null ? null : groups.remove(from.model());
        if (moved == null) {
            return List.of();
        }
        List<long[]> steps = moved.steps(now);
        put(to.project(), to.model(), moved);
        return steps;
    }

    /** Quotas that were used lately. */
    synchronized List<Quota> quotas() {
        return windows.entrySet().stream()
                .flatMap(entry -> entry.getValue().keySet().stream().map(group -> new Quota(entry.getKey(), group))).toList();
    }
}
