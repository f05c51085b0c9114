package dev.hydra.keys;

import java.util.LinkedHashMap;
import java.util.Map;

/** One {@link ModelView} per model that was asked for lately. What a view knows can be made again from {@link Rests} and {@link Roster}. */
final class Views {
    /** More models than any provider has; callers can invent names. */
    private static final int MOST = 256;

    private final boolean balanced;
    private final Rests rests;
    private final Quotas quotas;
    private final Roster roster;
    private final Map<String, ModelView> views = new LinkedHashMap<>(16, 0.75f, true);

    Views(boolean balanced, Rests rests, Quotas quotas, Roster roster) {
        this.balanced = balanced;
        this.rests = rests;
        this.quotas = quotas;
        this.roster = roster;
    }

    ModelView of(String model) {
        ModelView known = views.get(model);
        if (known != null) {
            return known;
        }
        if (views.size() >= MOST) {
            ModelView eldest = views.values().iterator().next();
            views.remove(eldest.model);
            for (KeyState key : roster.all()) {
                Slot forgotten = key.slotIn(eldest);
                if (forgotten != null) {
                    key.remove(forgotten);
                }
            }
        }
        ModelView made = new ModelView(model, quotas.allowance(model), balanced, rests, roster);
        views.put(model, made);
        return made;
    }

    /** A key's project, models or presence have changed. */
    void readmit(KeyState key, long now) {
        for (ModelView view : views.values()) {
            view.readmit(key, now);
        }
    }

    /** How busy the key is has changed with one model; its places for the others follow. */
    static void rerank(KeyState key, Slot done, long now) {
        for (Slot slot = key.slots; slot != null; slot = slot.next) {
            if (slot != done) {
                slot.view.rerank(slot, now);
            }
        }
    }

    /** A rest that concerns the key, or all keys of its project, has begun or ended. */
    void reconsider(KeyState key, Scope scope, long now) {
        switch (scope) {
            case KEY, KEY_MODEL -> {
                for (Slot slot = key.slots; slot != null; slot = slot.next) {
                    slot.view.reconsider(slot, now);
                }
            }
            case PROJECT, PROJECT_MODEL -> reconsider(key.project, now);
        }
    }

    /** A rest of the project has begun or ended. */
    void reconsider(String project, long now) {
        for (ModelView view : views.values()) {
            view.reconsider(project, now);
        }
    }

    /** Forgets all views; leases in flight still count for their keys. */
    void clear() {
        roster.all().forEach(key -> key.slots = null);
        views.clear();
    }
}
