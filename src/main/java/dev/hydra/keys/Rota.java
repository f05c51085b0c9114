package dev.hydra.keys;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Entries that are ready, best first, and entries that rest, soonest first. All steps cost O(log n). Not thread-safe. */
final class Rota<T extends Ranked> {
    /** The only ready one: most projects have one key. A large pool that had a tree for each of them would wait for the memory of it. */
    private @Nullable T lone;
    /** All ready ones, since there were two of them. */
    private @Nullable Ranking<T> ready;
    /** Those that rest for a quota. Made when first needed, since most rotas hold one key that never rests. */
    private @Nullable TreeSet<T> waiting;
    /** All that change by themselves some day. */
    private @Nullable TreeSet<T> wakes;

    /** Adds an entry by its fields. */
    void add(T entry) {
        Rest rest = entry.rest;
        if (rest == null) {
            addReady(entry);
        } else if (rest.kind().quota()) {
            waiting = waiting == null ? new TreeSet<>(Ranked.SOONEST_FIRST) : waiting;
            waiting.add(entry);
        }
        if (entry.wake != Ranked.NEVER) {
            wakes = wakes == null ? new TreeSet<>(Ranked.SOONEST_FIRST) : wakes;
            wakes.add(entry);
        }
    }

    /** Removes an entry whose fields are as they were when it was added. */
    void remove(T entry) {
        Rest rest = entry.rest;
        if (rest == null) {
            removeReady(entry);
        } else if (rest.kind().quota() && waiting != null) {
            waiting.remove(entry);
        }
        if (entry.wake != Ranked.NEVER && wakes != null) {
            wakes.remove(entry);
        }
    }

    private void addReady(T entry) {
        if (ready == null && lone == null) {
            lone = entry;
            return;
        }
        if (ready == null) {
            ready = new Ranking<>();
            ready.add(lone);
            lone = null;
        }
        ready.add(entry);
    }

    private void removeReady(T entry) {
        if (ready != null) {
            ready.remove(entry);
        } else if (lone == entry) {
            lone = null;
        }
    }

    /** The ready ones, best first. */
    Iterator<T> best() {
        if (ready != null) {
            return ready.iterator();
        }
        return lone == null ? Collections.emptyIterator() : List.of(lone).iterator();
    }

    /** The best ready one. */
    @Nullable
    T first() {
        if (ready == null) {
            return lone;
        }
        return ready.first();
    }

    /** One that should have changed by {@code now}. */
    @Nullable
    T due(long now) {
        return wakes == null || wakes.isEmpty() || wakes.first().wake > now ? null : wakes.first();
    }

    /** When the next change is. */
    long nextWake() {
        return wakes == null || wakes.isEmpty() ? Ranked.NEVER : wakes.first().wake;
    }

    /** The rest that ends first; one for a quota where there is one. */
    Optional<Rest> firstRest() {
        if (waiting != null && !waiting.isEmpty()) {
            return Optional.ofNullable(waiting.first().rest);
        }
        if (wakes == null) {
            return Optional.empty();
        }
        for (T entry : wakes) {
            if (entry.rest != null) {
                return Optional.of(entry.rest);
            }
        }
        return Optional.empty();
    }

    boolean isEmpty() {
        return first() == null && (wakes == null || wakes.isEmpty());
    }
}
