package dev.hydra.keys;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A key within {@link LocalState}, guarded by its lock. */
final class KeyState {
    final String id;
    /** Where the key is, or will be, chosen from: the first of one per model that was asked for; null = none was. The others follow by {@link Slot#next}. */
    @Nullable
    Slot slots;
    /** Place in the order of joining. */
    int order;
    String project;
    /** Whether the provider itself has named the project. */
    boolean named;
    int concurrency;
    /** Nodes that must share the concurrency without a word between them. */
    int nodes = 1;
    Optional<Set<String>> models;
    /** Whether the key may be given out. */
    boolean active = true;
    int inFlight;
    Health health = Health.GOOD;

    KeyState(Member member, int order) {
        this.id = member.id();
        this.order = order;
        this.project = member.bucket();
        this.concurrency = member.concurrency();
        this.models = member.models();
    }

    /** A key that had left is back. */
    void rejoin(Member member, int newOrder) {
        order = newOrder;
        project = member.bucket();
        named = false;
        concurrency = member.concurrency();
        models = member.models();
        active = true;
        health = Health.GOOD;
    }

    double load() {
        return (double) inFlight / Math.max(1, concurrency / nodes);
    }

    @Nullable
    Slot slotIn(ModelView view) {
        for (Slot slot = slots; slot != null; slot = slot.next) {
            if (slot.view == view) {
                return slot;
            }
        }
        return null;
    }

    void add(Slot slot) {
        slot.next = slots;
        slots = slot;
    }

    void remove(Slot slot) {
        if (slots == slot) {
            slots = slot.next;
            return;
        }
        for (Slot before = slots; before != null; before = before.next) {
            if (before.next == slot) {
                before.next = slot.next;
                return;
            }
        }
    }
}
