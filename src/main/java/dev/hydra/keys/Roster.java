package dev.hydra.keys;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who there is, in the order of joining, and who has which model. Not thread-safe. */
final class Roster {
    private final Map<String, KeyState> keys = new HashMap<>();
    private final List<@Nullable KeyState> ordered = new ArrayList<>();
    private final Map<String, Long> projects = new HashMap<>();
    /** Lists of models, of which there are few, with the number of keys that have them. */
    private final Map<Set<String>, Integer> lists = new HashMap<>();
    private long nextProject;
    private int active;

    /** @return whether views of models may be wrong now, because a list of models has appeared or vanished */
    boolean join(Member member) {
        KeyState known = keys.get(member.id());
        if (known != null && known.active) {
            boolean changed = !known.models.equals(member.models());
            boolean listsChanged = changed && (count(known.models, -1) | count(member.models(), 1));
            known.models = member.models();
            known.concurrency = member.concurrency();
            return listsChanged;
        }
        if (known == null) {
            known = new KeyState(member, ordered.size());
            keys.put(member.id(), known);
        } else {
            known.rejoin(member, ordered.size());
        }
        ordered.add(known);
        active++;
        return count(member.models(), 1);
    }

    /** @return as {@link #join} */
    boolean leave(KeyState key) {
        key.active = false;
        active--;
        ordered.set(key.order, null);
        if (key.inFlight == 0) {
            keys.remove(key.id);
        }
        return count(key.models, -1);
    }

    /** Forgets a key that has left when its last lease has ended. */
    void released(KeyState key) {
        if (!key.active && key.inFlight == 0) {
            keys.remove(key.id, key);
        }
    }

    @Nullable
    KeyState find(String id) {
        KeyState key = keys.get(id);
        return key != null && key.active ? key : null;
    }

    /** Whether a key may be asked for a model: its list has it, or it has no list, or no list has it, since the model may be newer than the lists. */
    boolean has(KeyState key, String model) {
        Optional<Set<String>> models = key.models;
        return models.isEmpty() || models.get().contains(model) || lists.keySet().stream().noneMatch(list -> list.contains(model));
    }

    /** Place of a project among the others, by its first key. */
    long orderOf(String project) {
        return projects.computeIfAbsent(project, name -> nextProject++);
    }

    /** A project takes another's place when it has none of its own. */
    void rename(String from, String to) {
        Long place = projects.get(from);
        if (place != null && projects.putIfAbsent(to, place) == null) {
            projects.remove(from);
        }
    }

    /** The one that joined at this place; null where one has left. */
    @Nullable
    KeyState get(int order) {
        return ordered.get(order);
    }

    int size() {
        return ordered.size();
    }

    int active() {
        return active;
    }

    List<KeyState> all() {
        return keys.values().stream().filter(key -> key.active).toList();
    }

    private boolean count(Optional<Set<String>> models, int change) {
        if (models.isEmpty()) {
            return false;
        }
        int before = lists.getOrDefault(models.get(), 0);
        if (before + change == 0) {
            lists.remove(models.get());
        } else {
            lists.put(models.get(), before + change);
        }
        return before == 0 || before + change == 0;
    }
}
