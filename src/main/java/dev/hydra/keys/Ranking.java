package dev.hydra.keys;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Entries by {@link Ranked#BEST_FIRST}, each in one ranking at a time. Not thread-safe.
 *
 * <p>They stand in sorted blocks, and each knows its own. Who has just been used comes in at or near the end, and the one that was not used for longest goes
 * from the front: in a large pool the latter is in no cache, and a tree would wait for nodes around it that are not either.
 */
final class Ranking<T extends Ranked> implements Iterable<T> {
    /** Entries of one block: few enough to be moved in one go. */
    private static final int MOST = 64;
    private static final int FEWEST = 4;

    /** Never empty ones. */
    private final List<Block> blocks = new ArrayList<>(2);

    /** A part of the ranking: {@code size} entries from {@code from} on. */
    static final class Block {
        private @Nullable Ranked[] entries = new @Nullable Ranked[FEWEST];
        private int from;
        private int size;

        private Ranked get(int place) {
            Ranked entry = entries[from + place];
            if (entry == null) {
                throw new IllegalStateException("a ranking has lost an entry");
            }
            return entry;
        }

        /** How many are not worse. The last one is looked at first, where most come in. */
        private int placeOf(Ranked entry) {
            int low = 0;
            int high = size;
            for (int i = size - 1; low < high; i = (low + high) >>> 1) {
                if (Ranked.BEST_FIRST.compare(entry, get(i)) < 0) {
                    high = i;
                } else {
                    low = i + 1;
                }
            }
            return low;
        }

        private void insert(int place, Ranked entry) {
            if (from + size == entries.length) {
                makeRoom();
            }
            System.arraycopy(entries, from + place, entries, from + place + 1, size - place);
            entries[from + place] = entry;
            entry.block = this;
            size++;
        }

        private void makeRoom() {
            // Even where nothing was added but all has moved on, so that this is seldom done.
            @Nullable
            Ranked[] roomy = new @Nullable Ranked[2 * size];
            System.arraycopy(entries, from, roomy, 0, size);
            entries = roomy;
            from = 0;
        }

        /** Moves what stands behind some place to a block of its own. */
        private Block split(int place) {
            Block rest = new Block();
            for (int i = place; i < size; i++) {
                rest.insert(i - place, get(i));
            }
            Arrays.fill(entries, from + place, from + size, null);
            size = place;
            return rest;
        }

        /** Looks from both ends, where most leave. */
        private void remove(Ranked entry) {
            int place = 0;
            while (get(place) != entry) {
                if (get(size - 1 - place) == entry) {
                    place = size - 1 - place;
                    break;
                }
                place++;
            }
            size--;
            if (place == 0) {
                entries[from++] = null;
            } else {
                System.arraycopy(entries, from + place + 1, entries, from + place, size - place);
                entries[from + size] = null;
            }
            entry.block = null;
        }
    }

    void add(T entry) {
        if (blocks.isEmpty()) {
            blocks.add(new Block());
        }
        int number = blockOf(entry);
        Block block = blocks.get(number);
        int place = block.placeOf(entry);
        if (block.size < MOST) {
            block.insert(place, entry);
        } else if (place == MOST) {
            // So full blocks stay behind where all come in at the end.
            Block next = new Block();
            next.insert(0, entry);
            blocks.add(number + 1, next);
        } else {
            blocks.add(number + 1, block.split(MOST / 2));
            add(entry);
        }
    }

    /** Number of the last block that begins with nothing worse; 0 when there is none. */
    private int blockOf(Ranked entry) {
        int low = 0;
        int high = blocks.size() - 1;
        for (int i = high; low < high; i = (low + high + 1) >>> 1) {
            if (Ranked.BEST_FIRST.compare(entry, blocks.get(i).get(0)) < 0) {
                high = i - 1;
            } else {
                low = i;
            }
        }
        return low;
    }

    /** Removes an entry, wherever its fields would place it now. */
    void remove(T entry) {
        Block block = entry.block;
        if (block == null) {
            return;
        }
        block.remove(entry);
        if (block.size == 0) {
            blocks.remove(block);
        }
    }

    boolean isEmpty() {
        return blocks.isEmpty();
    }

    /** The best one; null when there is none. */
    @Nullable
    T first() {
        return blocks.isEmpty() ? null : entry(blocks.getFirst(), 0);
    }

    /** Best first. Not to be used after a change. */
    @Override
    public Iterator<T> iterator() {
        return new Iterator<>() {
            private int block;
            private int place;

            @Override
            public boolean hasNext() {
                return block < blocks.size();
            }

            @Override
            public T next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                Block current = blocks.get(block);
                T entry = entry(current, place++);
                if (place == current.size) {
                    block++;
                    place = 0;
                }
                return entry;
            }
        };
    }

    @SuppressWarnings("unchecked")
    private T entry(Block block, int place) {
        // Only add(T) fills blocks.
        return (T) block.get(place);
    }
}
