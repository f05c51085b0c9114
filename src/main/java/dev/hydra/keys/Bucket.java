package dev.hydra.keys;

import dev.hydra.keys.Snapshot.Quota;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys of one project as candidates for one model: they share a quota. */
final class Bucket extends Ranked {
    /** How full a project is ranked whose built-in figures are reached: before any that is really busy. */
    private static final double CROWDED = 0.5;

    final String project;
    final Quota quota;
    private final ModelView view;
    private final Rota<Slot> slots = new Rota<>();
    private int inFlight;
    private @Nullable Window window;
    private Days.@Nullable Count day;

    Bucket(String project, long order, ModelView view) {
        super(order, project);
        this.project = project;
        this.view = view;
        this.quota = view.allowance.quota(project);
    }

    /** What the quota has had lately; null before its first use. Kept here, since each look by name touches memory that a large pool has in no cache. */
    @Nullable
    Window window() {
        if (window == null || window.isReplaced()) {
            window = view.allowance.quotas().find(quota);
        }
        return window;
    }

    /** The provider has answered. @param tokens input and output together; 0 = unknown */
    void answered(long tokens, long now) {
        day = view.allowance.quotas().days.answered(day, project, view.model, tokens, now);
    }

    /** When the project has room for so many input tokens more; {@code now} when it has. */
    long freeAt(long estimate, long now) {
        return view.allowance.freeAt(quota, window(), estimate, now);
    }

    /** Input tokens that this minute has left. */
    long room(long now) {
        return view.allowance.room(quota, window(), now);
    }

    void add(Slot slot, long now) {
        slot.bucket = this;
        slot.refresh(view.rests, now);
        slot.rank(view.balanced);
        slots.add(slot);
        inFlight += slot.inFlight;
    }

    void remove(Slot slot) {
        slots.remove(slot);
        inFlight -= slot.inFlight;
    }

    /** The use of a key begins (+1) or ends (-1) here. @param use number of the use; 0 leaves it */
    void used(Slot slot, int change, long use) {
        slots.remove(slot);
        slot.inFlight += change;
        inFlight += change;
        if (view.balanced && use > 0) {
            slot.lastUse = use;
            lastUse = use;
        }
        slot.rank(view.balanced);
        slots.add(slot);
    }

    /** How busy a key is has changed elsewhere. */
    void rerank(Slot slot) {
        slots.remove(slot);
        slot.rank(view.balanced);
        slots.add(slot);
    }

    /** Whether a key may be used has changed. */
    void reconsider(Slot slot, long now) {
        slots.remove(slot);
        slot.refresh(view.rests, now);
        slot.rank(view.balanced);
        slots.add(slot);
    }

    /** Whether its place among the other buckets would change by {@link #refresh} because its best key is now more or less busy. */
    boolean moved() {
        Slot first = slots.first();
        return first != null && first.overload != overload && (first.overload > 0 || overload >= 1);
    }

    /** Finds out anew whether and how well the project can serve. Only while the bucket is in no rota. */
    void refresh(long now) {
        for (Slot slot = slots.due(now); slot != null; slot = slots.due(now)) {
            reconsider(slot, now);
        }
        Slot first = slots.first();
        Rest own = Slot.later(Slot.later(view.rests.find(Scope.PROJECT, project, "", now),
                view.rests.find(Scope.PROJECT_MODEL, project, quota.model(), now)), view.allowance.rest(quota, window(), now));
        boolean crowded = own == null && view.allowance.crowded(quota, window(), now);
        rest = first == null ? Slot.later(own, slots.firstRest().orElse(null)) : own;
        wake = own == null ? slots.nextWake() : own.until().toEpochMilli();
        if (own != null && first == null) {
            wake = Math.max(wake, slots.nextWake());
        }
        if (crowded) {
            wake = Math.min(wake, view.allowance.nextChange(window(), now));
        }
        overload = first == null ? 0 : Math.max(first.overload, crowded ? CROWDED : 0);
        load = view.balanced ? inFlight : 0;
    }

    /** The best ready key that was not tried. */
    @Nullable
    Slot best(Set<String> tried) {
        if (tried.isEmpty()) {
            return slots.first();
        }
        for (Iterator<Slot> all = slots.best(); all.hasNext();) {
            Slot slot = all.next();
            if (!tried.contains(slot.key.id)) {
                return slot;
            }
        }
        return null;
    }

    /** The rest of a key that ends first, one for a quota if there is one. */
    Optional<Rest> firstRest() {
        return slots.firstRest();
    }

    boolean isEmpty() {
        return slots.isEmpty();
    }
}
