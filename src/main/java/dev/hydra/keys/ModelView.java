package dev.hydra.keys;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys as candidates for one model. Keys come in one by one when they are needed, so that a name which a caller has invented costs little.
 */
final class ModelView {
    /** How many keys come in for one claim while there is something to choose from already: bounds what one caller waits. */
    private static final int MOST_AT_ONCE = 64;

    final String model;
    final Allowance allowance;
    final boolean balanced;
    final Rests rests;
    private final Roster roster;
    private final Rota<Bucket> rota = new Rota<>();
    private final Map<String, Bucket> buckets = new HashMap<>();
    private int next;

    ModelView(String model, Allowance allowance, boolean balanced, Rests rests, Roster roster) {
        this.model = model;
        this.allowance = allowance;
        this.balanced = balanced;
        this.rests = rests;
        this.roster = roster;
    }

    /**
     * What there is for a claim.
     *
     * @param slot  the key to use; null when there is none, or only one that has enough to do: {@code busy}
     * @param tight what projects have that cannot serve for the size of the request alone; null when there are none
     */
    record Choice(@Nullable Slot slot, @Nullable Slot busy, @Nullable Tight tight) {
    }

    /**
     * Projects without room for a request.
     *
     * @param at      when {@code project}, the first of them, has it
     * @param room    tokens that this one has now
     * @param largest tokens that another one has now, at most
     */
    record Tight(long at, String project, long room, long largest) {
        static Tight of(long at, String project, long room) {
            return new Tight(at, project, room, 0);
        }

        /** Both together. */
        Tight and(Tight other) {
            Tight first = other.at < at ? other : this;
            Tight second = first == this ? other : this;
            return new Tight(first.at, first.project, first.room, Math.max(Math.max(first.largest, second.largest), second.room));
        }
    }

    /**
     * The key to use.
     *
     * @param window how many of the best may be chosen from; positive
     */
    Choice choose(int window, Claim claim, long now) {
        wake(now);
        uncover(window + claim.tried().size(), now);
        List<Slot> found = new ArrayList<>(window);
        Slot spared = null;
        Slot busy = null;
        Tight tight = null;
        // Asked first, since the text of each project's name is in no cache.
        boolean sparing = !claim.spared().isEmpty();
        boolean room = true;
        for (Iterator<Bucket> best = rota.best(); room && best.hasNext() && found.size() < window;) {
            Bucket bucket = best.next();
            Slot slot = sparing && bucket.project.equals(claim.spared()) ? null : bucket.best(claim.tried());
            long free = slot == null ? now : bucket.freeAt(claim.tokens(), now);
            if (free > now) {
                Tight one = Tight.of(free, bucket.project, bucket.room(now));
                tight = tight == null ? one : tight.and(one);
                slot = null;
            }
            // A project whose best key was tried may have only busy ones left although the next project has room.
            room = bucket.overload == 0 || slot == null || slot.overload > 0 && bucket.overload < 1;
            if (slot != null && slot.overload > 0) {
                busy = busy == null || slot.overload < busy.overload ? slot : busy;
            } else if (slot != null && bucket.overload == 0) {
                found.add(slot);
            } else if (slot != null) {
                spared = slot;
            }
        }
        return new Choice(found.isEmpty() ? spared : found.get((int) (claim.draw() * found.size())), busy, tight);
    }

    /** The key to use among those of the owner's project; none when the project rests or all were tried. */
    Choice chooseOf(KeyState owner, Claim claim, long now) {
        wake(now);
        Slot own = slot(owner, now);
        if (own.bucket.rest != null) {
            return new Choice(null, null, null);
        }
        long free = own.bucket.freeAt(claim.tokens(), now);
        if (free > now) {
            return new Choice(null, null, Tight.of(free, own.bucket.project, 0));
        }
        if (own.rest == null && own.overload == 0 && !claim.tried().contains(owner.id)) {
            return new Choice(own, null, null);
        }
        // Its siblings may not have come in yet; this is rare enough to look at all keys.
        while (next < roster.size()) {
            uncoverNext(now);
        }
        Slot best = own.bucket.best(claim.tried());
        return best == null || best.overload == 0 ? new Choice(best, null, null) : new Choice(null, best, null);
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
        key.add(slot);
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
            key.remove(slot);
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
