package dev.hydra.wire;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The keys of all objects that are open at one point of a scan, to find a key that comes twice in the same object.
 *
 * <p>Keys of nested objects lie on top of those of the objects around them, so the innermost object's keys are always the last ones. A few
 * keys are searched straight through, by hash; from {@value #SMALL} on, all go through one hash table, so that the cost stays linear. They
 * leave it in the reverse order of their coming, which is what lets open addressing do without marks for removed keys. The hash depends on
 * a random seed, so that nobody can prepare keys that collide; equal hashes are compared in full.
 */
final class MemberNames {
    /** Keys of objects that are open at the same time. */
    static final int MAX = 100_000;
    private static final int SMALL = 16;
    private static final long SEED = ThreadLocalRandom.current().nextLong();
    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final int[] NONE = {};

    private final byte[] json;
    /** Of each key, mixed with its object's {@link #base}. */
    private int[] hashes = new int[SMALL];
    /** Start and end of each key between its quotes. */
    private int[] spans = new int[2 * SMALL];
    private int count;
    /** Index of the innermost object's first key; different for all open objects, because a nested object follows a key. */
    private int base;
    /** Index of a key + 1, or 0; empty as long as there are few keys. */
    private int[] table = NONE;

    MemberNames(byte[] json) {
        this.json = json;
    }

    /** An object begins; gives what {@link #leave} needs to come back to the one around it. */
    int enter() {
        int outer = base;
        base = count;
        return outer;
    }

    /** The innermost object ends. */
    void leave(int outer) {
        if (table.length == 0) {
            count = base;
        } else {
            while (count > base) {
                count--;
                table[slot(count)] = 0;
            }
        }
        base = outer;
    }

    /** Whether there is no room for one more key. */
    boolean full() {
        return count == MAX;
    }

    /** Adds a key to the innermost object; false when it is there already. */
    boolean add(int start, int end, boolean escaped) {
        byte[] key = escaped ? JsonText.bytes(json, start, end) : json;
        int hash = escaped ? hash(key, 0, key.length) : hash(key, start, end);
        if (table.length == 0 ? seen(hash, start, end) : seenInTable(hash, start, end)) {
            return false;
        }
        if (count == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * count);
            spans = Arrays.copyOf(spans, 4 * count);
        }
        hashes[count] = hash;
        spans[2 * count] = start;
        spans[2 * count + 1] = end;
        count++;
        if (count >= SMALL || table.length > 0) {
            index();
        }
        return true;
    }

    private boolean seen(int hash, int start, int end) {
        for (int i = base; i < count; i++) {
            if (hashes[i] == hash && same(i, start, end)) {
                return true;
            }
        }
        return false;
    }

    private boolean seenInTable(int hash, int start, int end) {
        for (int slot = hash & table.length - 1; table[slot] != 0; slot = slot + 1 & table.length - 1) {
            int i = table[slot] - 1;
            if (i >= base && hashes[i] == hash && same(i, start, end)) {
                return true;
            }
        }
        return false;
    }

    /** Puts the newest key into the table, or all of them into a larger one when it would be more than half full. */
    private void index() {
        int first = count - 1;
        if (2 * count > table.length) {
            table = new int[Integer.highestOneBit(count) * 4];
            first = 0;
        }
        for (int i = first; i < count; i++) {
            table[slot(-1, hashes[i])] = i + 1;
        }
    }

    /** Where a key is. */
    private int slot(int i) {
        return slot(i, hashes[i]);
    }

    /** The first slot from the hash's own one that holds the key, or for -1 the first free one. */
    private int slot(int i, int hash) {
        int slot = hash & table.length - 1;
        while (table[slot] != i + 1) {
            slot = slot + 1 & table.length - 1;
        }
        return slot;
    }

    private boolean same(int i, int start, int end) {
        int otherStart = spans[2 * i];
        int otherEnd = spans[2 * i + 1];
        return Arrays.equals(json, otherStart, otherEnd, json, start, end)
                || JsonText.decode(json, otherStart, otherEnd).equals(JsonText.decode(json, start, end));
    }

    private int hash(byte[] bytes, int start, int end) {
        long hash = SEED + base * MIX;
        for (int i = start; i < end; i++) {
            hash = (hash ^ bytes[i]) * MIX;
            hash ^= hash >>> 29;
        }
        return (int) (hash >>> 32);
    }
}
