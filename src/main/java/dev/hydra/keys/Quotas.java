package dev.hydra.keys;

import dev.hydra.keys.Snapshot.Fill;
import dev.hydra.keys.Snapshot.Quota;
import dev.hydra.keys.Snapshot.ToldLimit;
import dev.hydra.settings.Settings.LimitMode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What every quota has had and may have. Not thread-safe; times are milliseconds since 1970.
 *
 * <p>Decision: a limit that the operator gave or the API told is kept exactly. A built-in figure is a guess of third parties, often lower than a
 * project's real quota; it says which project to spare, but refuses nobody, since otherwise the difference would be wasted and never be found out.
 */
final class Quotas {
    /** A told limit is believed so long; then one 429 may show that the project has been given more. */
    private static final Duration BELIEVED = Duration.ofDays(7);
    /** Windows of quotas that nobody used for a minute are dropped when there are more: callers can invent names of models. */
    private static final int MANY = 50_000;

    final Days days = new Days();
    private final LimitMode mode;
    private final LimitTable guesses;
    private final LimitTable given;
    private final Map<Quota, Window> windows = new HashMap<>();
    private final Map<Quota, ToldLimit> told = new HashMap<>();
    private Map<String, String> groups = Map.of();
    /** Nodes that must share what is allowed without a word between them. */
    private int nodes = 1;

    /** @param given limits that the operator has set; used in {@link LimitMode#ENFORCE} */
    Quotas(LimitMode mode, LimitTable guesses, LimitTable given) {
        this.mode = mode;
        this.guesses = guesses;
        this.given = given;
    }

    /** What all quotas of a model, or of its group, have in common. */
    Allowance allowance(String model) {
        boolean enforced = mode == LimitMode.ENFORCE;
        String group = group(model);
        Set<String> models = new TreeSet<>(Set.of(model));
        groups.forEach((member, name) -> {
            if (name.equals(group)) {
                models.add(member);
            }
        });
        return new Allowance(this, group, List.copyOf(models), enforced ? given.of(model) : Limit.NONE,
                enforced ? guesses.of(model) : Limit.NONE);
    }

    /** The name under which a model's use is counted: its group's or its own. */
    String group(String model) {
        return groups.getOrDefault(model, model);
    }

    /** Replaces the groups. @param newGroups names of groups by model */
    void regroup(Map<String, String> newGroups) {
        groups = Map.copyOf(newGroups);
        for (Quota quota : List.copyOf(windows.keySet())) {
            Quota target = new Quota(quota.project(), group(quota.model()));
            if (!target.equals(quota)) {
                moveWindow(quota, target);
            }
        }
    }

    /** Sets how many nodes share what is allowed. @param count positive; 1 = this one may use all */
    void share(int count) {
        nodes = count;
    }

    int nodes() {
        return nodes;
    }

    boolean counting() {
        return mode != LimitMode.OFF;
    }

    @Nullable
    Window find(Quota quota) {
        return windows.get(quota);
    }

    Window window(Quota quota, long now) {
        Window known = windows.get(quota);
        if (known != null) {
            return known;
        }
        if (windows.size() >= MANY) {
            dropIdle(now);
        }
        Window made = new Window();
        windows.put(quota, made);
        return made;
    }

    private void dropIdle(long now) {
        windows.values().removeIf(window -> {
            boolean idle = window.isIdle(now);
            if (idle) {
                window.drop();
            }
            return idle;
        });
    }

    /** What the API told of a quota; nothing when it did not or long ago. */
    Limit told(Quota quota, long now) {
        if (told.isEmpty()) {
            return Limit.NONE;
        }
        ToldLimit known = told.get(quota);
        return mode == LimitMode.OFF || known == null || known.moment().plus(BELIEVED).toEpochMilli() <= now ? Limit.NONE : known.limit();
    }

    /** The API has told sizes of a quota. */
    void learn(Quota quota, List<Limit.Told> sizes, long now) {
        Limit limit = told(quota, now);
        for (Limit.Told size : sizes) {
            limit = limit.with(size);
        }
        if (!sizes.isEmpty()) {
            told.put(quota, new ToldLimit(limit, Instant.ofEpochMilli(now)));
        }
    }

    /** Takes over what was told to another process or earlier; the later word counts. */
    void learn(Quota quota, ToldLimit limit) {
        told.merge(quota, limit, (known, other) -> other.moment().isAfter(known.moment()) ? other : known);
    }

    /** What one project used was another's: two buckets become one by their sum. */
    void move(String from, String to) {
        days.move(from, to);
        for (Quota quota : windows.keySet().stream().filter(known -> known.project().equals(from)).toList()) {
            moveWindow(quota, new Quota(to, quota.model()));
        }
        for (Quota quota : told.keySet().stream().filter(known -> known.project().equals(from)).toList()) {
            ToldLimit limit = told.remove(quota);
            if (limit != null) {
                learn(new Quota(to, quota.model()), limit);
            }
        }
    }

    private void moveWindow(Quota from, Quota to) {
        Window moved = windows.remove(from);
        Window known = windows.get(to);
        if (moved != null && known == null) {
            windows.put(to, moved);
        } else if (moved != null && known != null) {
            known.merge(moved);
        }
    }

    /** Forgets what was counted and told; not requests under way, nor what they will still cost in this minute. @return how many counters */
    int clear() {
        told.clear();
        return days.clear();
    }

    Map<Quota, ToldLimit> told() {
        return Map.copyOf(told);
    }

    /** What the last minute has had, of each quota that was used. */
    Map<Quota, Fill> fills(long now) {
        Map<Quota, Fill> fills = new HashMap<>();
        Map<String, Allowance> allowances = new TreeMap<>();
        windows.forEach((quota, window) -> {
            if (!window.isIdle(now)) {
                Allowance allowance = allowances.computeIfAbsent(quota.model(), this::allowance);
                fills.put(quota, new Fill(window.requests(now), window.tokens(now), window.open(), allowance.limit(quota, now),
                        allowance.guess()));
            }
        });
        return fills;
    }
}
