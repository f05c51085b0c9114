package dev.hydra.keys;

import org.jspecify.annotations.Nullable;

/** A key as a candidate for one model. */
final class Slot extends Ranked {
    final KeyState key;
    final ModelView view;
    Bucket bucket;
    /** Of the same key, for another model; null = there are no more. */
    @Nullable
    Slot next;
    int inFlight;
    /** Rests in a row whose end was a guess. */
    int guesses;

    Slot(KeyState key, ModelView view, Bucket bucket) {
        super(key.order, key.id);
        this.key = key;
        this.view = view;
        this.bucket = bucket;
    }

    /** Finds out anew whether the key may be used. Only while the slot is in no rota. */
    void refresh(Rests rests, long now) {
        Rest found = rests.find(Scope.KEY, key.id, "", now);
        found = later(found, rests.find(Scope.KEY_MODEL, key.id, view.model, now));
        found = later(found, key.health.pause().filter(pause -> pause.until().toEpochMilli() > now).orElse(null));
        rest = found;
        wake = found == null ? NEVER : found.until().toEpochMilli();
    }

    /** Takes over how busy the key is. Only while the slot is in no rota. */
    void rank(boolean balanced) {
        double ratio = key.load();
        overload = ratio >= 1 ? ratio : 0;
        load = balanced ? ratio : 0;
    }

    /** The provider has answered. @param tokens input and output together; 0 = unknown */
    void answered(long tokens, long now) {
        if (bucket.project.equals(key.project)) {
            bucket.answered(tokens, now);
        } else {
            // The view was forgotten before the key's project was named.
            view.allowance.quotas().days.answered(null, key.project, view.model, tokens, now);
        }
    }

    static @Nullable Rest later(@Nullable Rest one, @Nullable Rest other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.later(other);
    }
}
