package dev.hydra.wire;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds what all bodies in flight take together, so that many large requests at once are refused instead of ending the process. Never
 * blocks: who gets nothing answers so. Safe for use by many threads.
 */
public final class ByteBudget {
    private final long capacity;
    private final AtomicLong taken = new AtomicLong();

    /** @param capacity bytes that may be taken at one time; positive */
    public ByteBudget(long capacity) {
        this.capacity = capacity;
    }

    /** Takes bytes, zero or more; empty when there is not enough left. What is given must be closed. */
    public Optional<Share> take(long bytes) {
        return reserve(bytes) ? Optional.of(new Share(bytes)) : Optional.empty();
    }

    /** Bytes that are taken now. */
    public long taken() {
        return taken.get();
    }

    private boolean reserve(long bytes) {
        long before = taken.get();
        while (bytes <= capacity - before) {
            if (taken.compareAndSet(before, before + bytes)) {
                return true;
            }
            before = taken.get();
        }
        return false;
    }

    /** A part of the budget. Grown by one thread; closed by any, once or more often. */
    public final class Share implements AutoCloseable {
        private final AtomicBoolean closed = new AtomicBoolean();
        private long size;

        private Share(long size) {
            this.size = size;
        }

        /** Takes more on top; false when there is not enough left, and then nothing has changed. */
        boolean grow(long more) {
            boolean granted = reserve(more);
            size += granted ? more : 0;
            return granted;
        }

        /** Gives everything back. */
        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                taken.addAndGet(-size);
            }
        }
    }
}
