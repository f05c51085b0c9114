package dev.hydra.keys;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys as candidates for one model. Keys come in one by one when they are needed, so that a name which a caller has invented costs little.
 */
final class ModelView {
    /** How many keys come in for one claim while there is something to choose from already: bounds what one caller waits. */
    private static final int MOST_AT_ONCE = 64;

    final String model;
    final boolean balanced;
    final Rests rests;
    private final Roster roster;
    private final Rota<Bucket> rota = new Rota<>();
    private final Map<String, Bucket> buckets = new HashMap<>();
    private int next;

    ModelView(String model, boolean balanced, Rests rests, Roster roster) {
        this.model = model;
        this.balanced = balanced;
        this.rests = rests;
        this.roster = roster;
    }

    /**
     * The key to use.
     *
     * @param window how many of the best may be chosen from; positive
     * @param draw   0 (inclusive) to 1 (exclusive): which of them
     */
    @Nullable
    Slot choose(int window, double draw, Set<String> tried, long now) {
        wake(now);
        uncover(window + tried.size(), now);
        List<Slot> found = new ArrayList<>(window);
        Slot busy = null;
        boolean room = true;
        for (Iterator<Bucket> best = rota.best(); room && best.hasNext() && found.size() < window;) {
            Bucket bucket = best.next();
            Slot slot = bucket.best(tried);
            // A project whose best key was tried may have only busy ones left although the next project has room.
            room = bucket.overload == 0 || slot == null;
            if (slot != null && slot.overload == 0) {
                found.add(slot);
            } else if (slot != null && (busy == null || slot.overload < busy.overload)) {
                busy = slot;
            }
        }
        return found.isEmpty() ? busy : found.get((int) (draw * found.size()));
    }

    /** The key to use among those of the owner's project; empty when the project rests or all were tried. */
    Optional<Slot> chooseOf(KeyState owner, Set<String> tried, long now) {
        wake(now);
        Slot own = slot(owner, now);
        if (own.bucket.rest != null) {
            return Optional.empty();
        }
        if (own.rest == null && !tried.contains(owner.id)) {
            return Optional.of(own);
        }
        // Its siblings may not have come in yet; this is rare enough to look at all keys.
        while (next < roster.size()) {
            uncoverNext(now);
        }
        return Optional.ofNullable(own.bucket.best(tried));
    }

    /** The key's place here, made when it has none yet. */
    Slot slot(KeyState key, long now) {
        Slot slot = key.slotIn(this);
        return slot == null ? admit(key, now) : slot;
    }

    /** The rest that ends first, one for a quota if there is one. To be asked when nothing was found: then the ready projects are those that were tried. */
    Optional<Rest> firstRest() {
        Optional<Rest> first = rota.firstRest();
        for (Iterator<Bucket> tried = rota.best(); tried.hasNext();) {
            Optional<Rest> inner = tried.next().firstRest();
            if (inner.isPresent() && (first.isEmpty() || inner.get().soonerThan(first.get()))) {
                first = inner;
            }
        }
        return first;
    }

    boolean isEmpty() {
        return buckets.isEmpty();
    }

    private void wake(long now) {
        for (Bucket bucket = rota.due(now); bucket != null; bucket = rota.due(now)) {
            rota.remove(bucket);
            bucket.refresh(now);
            rota.add(bucket);
        }
    }

    private void uncover(int wanted, long now) {
        int seen = 0;
        while (next < roster.size() && !enough(wanted)) {
            Bucket first = rota.first();
            if (seen++ >= MOST_AT_ONCE && first != null && first.overload == 0 && wanted == 1) {
                return;
            }
            uncoverNext(now);
        }
    }

    private void uncoverNext(long now) {
        KeyState key = roster.get(next++);
        if (key != null && key.slotIn(this) == null && roster.has(key, model)) {
            admit(key, now);
        }
    }

    /** Whether no key that was never looked at could be among the best. */
    private boolean enough(int wanted) {
        Iterator<Bucket> best = rota.best();
        Bucket last = null;
        for (int i = 0; i < wanted; i++) {
            if (!best.hasNext()) {
                return false;
            }
            last = best.next();
        }
        return last == null || !last.worseThanFresh();
    }

    private Slot admit(KeyState key, long now) {
        Bucket bucket = take(key.project);
        Slot slot = new Slot(key, this, bucket);
        bucket.add(slot, now);
        key.slots.add(slot);
        putBack(bucket, now);
        return slot;
    }

    /** The key's project, models or presence have changed. */
    void readmit(KeyState key, long now) {
        Slot slot = key.slotIn(this);
        boolean wanted = key.active && roster.has(key, model);
        if (slot == null) {
            if (wanted && key.order < next) {
                admit(key, now);
            }
            return;
        }
        Bucket old = slot.bucket;
        rota.remove(old);
        old.remove(slot);
        putBack(old, now);
        if (wanted) {
            Bucket bucket = take(key.project);
            bucket.add(slot, now);
            putBack(bucket, now);
        } else {
            key.slots.remove(slot);
        }
    }

    /** A use of the key for this model begins (+1, with its number) or ends (-1). */
    void used(Slot slot, int change, long use, long now) {
        Bucket bucket = slot.bucket;
        rota.remove(bucket);
        bucket.used(slot, change, use);
        putBack(bucket, now);
    }

    /** The key has become more or less busy with another model. */
    void rerank(Slot slot, long now) {
        Bucket bucket = slot.bucket;
        // The bucket's own fields stay as they are while its keys are sorted: it may remain in its rota.
        bucket.rerank(slot);
        if (bucket.moved()) {
            rota.remove(bucket);
            putBack(bucket, now);
        }
    }

    /** A rest of the key has begun or ended. */
    void reconsider(Slot slot, long now) {
        Bucket bucket = slot.bucket;
        rota.remove(bucket);
        bucket.reconsider(slot, now);
        putBack(bucket, now);
    }

    /** A rest of the project has begun or ended. */
    void reconsider(String project, long now) {
        Bucket bucket = buckets.get(project);
        if (bucket != null) {
            rota.remove(bucket);
            putBack(bucket, now);
        }
    }

    private Bucket take(String project) {
        Bucket known = buckets.get(project);
        if (known != null) {
            rota.remove(known);
            return known;
        }
        Bucket made = new Bucket(project, roster.orderOf(project), this);
        buckets.put(project, made);
        return made;
    }

    private void putBack(Bucket bucket, long now) {
        if (bucket.isEmpty()) {
            buckets.remove(bucket.project);
        } else {
            bucket.refresh(now);
            rota.add(bucket);
        }
    }
}
