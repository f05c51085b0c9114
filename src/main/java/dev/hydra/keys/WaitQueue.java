package dev.hydra.keys;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Requests that wait for a key, first come first served for each model (product POOL-6). Safe for use by many threads; no lock is held while one waits.
 *
 * <p>Only the first of a line asks the pool; the others wait until they are first, and who comes anew goes to the end. A first one asks when a key was
 * released and when the pool said that there would be room. Requests that only one project can serve stand in a line of their own, so that they hold up
 * nobody else.
 *
 * <p>A first request that is too large for what any project has left in this minute does not leave those tokens unused: smaller ones may go before it, but
 * not in the project that will have room for it first, so that it goes no later for them, and only so many.
 */
final class WaitQueue {
    private final KeyPool pool;
    private final Clock clock;
    private final int longest;
    private final Map<String, WaitingLine> lines = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean closed;

    /** @param longest requests that may wait for one model; who comes then is refused at once */
    WaitQueue(KeyPool pool, Clock clock, int longest) {
        this.pool = pool;
        this.clock = clock;
        this.longest = longest;
    }

    /** Those who wait for one model. @param since when the first of them came */
    record Length(int requests, Instant since) {
    }

    /**
     * Offers a key, at the latest after {@code patience}; at once the reason why there is none, when none can be free by then.
     *
     * @throws InterruptedException when nobody waits for the key any more; no key was taken then
     */
    Offer lease(LeaseRequest request, Duration patience) throws InterruptedException {
        Ticket ticket = new Ticket(this, request, clock.instant(), patience);
        long begun = System.nanoTime();
        try {
            Optional<Offer> offer = ticket.poll();
            while (offer.isEmpty()) {
                ticket.await();
                // By the real time too: a clock may be set back, or stand still.
                boolean over = System.nanoTime() - begun >= patience.toNanos();
                offer = over ? Optional.of(ticket.last()) : ticket.poll();
            }
            return offer.get();
        } finally {
            ticket.leave();
        }
    }

    @Nullable
    WaitingLine join(Ticket ticket, Offer.Cooling word) {
        WaitingLine[] joined = new WaitingLine[1];
        lines.compute(ticket.name(), (name, known) -> {
            WaitingLine line = known == null ? new WaitingLine(word) : known;
            if (line.size() < longest) {
                line.add(ticket);
                joined[0] = line;
            }
            return line.size() == 0 ? null : line;
        });
        if (joined[0] != null) {
            waiting.incrementAndGet();
        }
        return joined[0];
    }

    void leave(Ticket ticket, WaitingLine line) {
        waiting.decrementAndGet();
        lines.compute(ticket.name(), (name, known) -> {
            line.remove(ticket);
            return line.size() == 0 ? null : known;
        });
        line.wakeFirst();
    }

    /** Something was released or has changed: the first of each line may find a key now. */
    void changed() {
        if (waiting.get() > 0) {
            lines.values().forEach(WaitingLine::wakeFirst);
        }
    }

    /** The line of this name; null when nobody waits in it. */
    @Nullable
    WaitingLine line(String name) {
        return lines.get(name);
    }

    boolean isClosed() {
        return closed;
    }

    KeyPool pool() {
        return pool;
    }

    Instant now() {
        return clock.instant();
    }

    /** How many wait, by model. */
    Map<String, Length> lengths() {
        Map<String, Length> lengths = new TreeMap<>();
        lines.forEach((name, line) -> line.length().ifPresent(length -> lengths.merge(name.lines().findFirst().orElse(name), length,
                (a, b) -> new Length(a.requests + b.requests, a.since.isBefore(b.since) ? a.since : b.since))));
        return lengths;
    }

    /** Nobody waits from now on: those who do get an answer at once. */
    void close() {
        closed = true;
        lines.values().forEach(WaitingLine::wakeAll);
    }
}
