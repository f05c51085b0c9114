package dev.hydra.gateway;

import dev.hydra.conversation.ReplyEvent;
import dev.hydra.dialect.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The hand-off between the thread that reads the provider and the one that writes to the client.
 *
 * <p>Two threads, because only the client's own thread may write (on Tomcat a client's abort breaks the next request when another thread is
 * writing, spec servers §6), and it must be free to beat on silence and to notice the deadline while the reader waits for the provider.
 * Bounded, so that a slow client slows its provider down instead of filling the memory.
 */
final class ReplyStream implements ReplySink {
    private static final int BATCHES = 64;

    private final BlockingQueue<Item> items = new ArrayBlockingQueue<>(BATCHES);
    private final Deadline deadline;
    private final Thread reader;
    private volatile boolean gone;

    /** @param task reads the provider and ends with {@link #finish}; started at once on a virtual thread of its own */
    ReplyStream(Deadline deadline, ThreadFactory threads, Consumer<ReplyStream> task) {
        this.deadline = deadline;
        reader = threads.newThread(() -> task.accept(this));
        reader.start();
    }

    /** What the reader hands over. */
    sealed interface Item {
        /** Content. */
        record Events(List<ReplyEvent> events) implements Item {
        }

        /** The reply is complete. */
        record Complete() implements Item {
        }

        /** There is no reply, or no rest of it. */
        record Broken(Failure failure) implements Item {
        }
    }

    @Override
    public void take(List<ReplyEvent> events) throws CallerGone {
        if (!events.isEmpty()) {
            put(new Item.Events(events));
        }
    }

    /** Hands the end over. */
    void finish(Optional<Failure> failure) throws CallerGone {
        put(failure.<Item>map(Item.Broken::new).orElseGet(Item.Complete::new));
    }

    private void put(Item item) throws CallerGone {
        try {
            if (gone || !items.offer(item, deadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new CallerGone();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallerGone();
        }
    }

    @Override
    public boolean live() {
        return true;
    }

    /** The next item; empty when none came in time. */
    Optional<Item> next(Duration patience) {
        try {
            return Optional.ofNullable(items.poll(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cancel();
            return Optional.of(new Item.Broken(InFlight.failure()));
        }
    }

    /** Whether a further item is there already. */
    boolean hasNext() {
        return !items.isEmpty();
    }

    /** The reply ends here, whatever the provider still has: its call is cut off, and the failure is the next item. */
    void breakOff(Failure failure) {
        cancel();
        Item end = new Item.Broken(failure);
        do {
            items.clear(); // the reader puts no more
        } while (!items.offer(end));
    }

    /** Nobody waits any more: the provider's call is cut off now, since interrupting a virtual thread closes the socket that it reads. */
    void cancel() {
        gone = true;
        reader.interrupt();
    }
}
