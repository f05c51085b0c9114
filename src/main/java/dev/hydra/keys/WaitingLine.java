package dev.hydra.keys;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Requests that wait for the same keys, first come first served. Guarded by its own monitor. */
final class WaitingLine {
    /**
     * How many may go before one first request. In simulations 4 leave 2 % of the tokens of an overloaded pool unused, 16 less than 1 %; without a bound
     * nothing more is gained.
     */
    private static final int MOST_OVERTAKERS = 16;

    private final LinkedHashSet<Ticket> tickets = new LinkedHashSet<>();
    private Offer.Cooling last;
    private Claimed.@Nullable Tight tight;
    /** Who has gone before the first one. */
    private int overtakers;

    WaitingLine(Offer.Cooling last) {
        this.last = last;
    }

    synchronized void add(Ticket ticket) {
        tickets.add(ticket);
    }

    synchronized void remove(Ticket ticket) {
        if (isFirst(ticket)) {
            tight = null;
            overtakers = 0;
        }
        tickets.remove(ticket);
    }

    synchronized int size() {
        return tickets.size();
    }

    synchronized boolean isFirst(Ticket ticket) {
        return !tickets.isEmpty() && tickets.getFirst() == ticket;
    }

    /** The first one was refused. @param size what stands in the way where that is its size alone: somebody smaller may go before it */
    void refused(Offer.Cooling refusal, Optional<Claimed.Tight> size) {
        Optional<Ticket> next;
        synchronized (this) {
            last = refusal;
            tight = size.orElse(null);
            next = tickets.stream().skip(1).filter(this::fits).findFirst();
        }
        next.ifPresent(Ticket::wake);
    }

    synchronized boolean fits(Ticket ticket) {
        return tight != null && overtakers < MOST_OVERTAKERS && ticket.tokens() <= tight.room();
    }

    /** The project that one who is not first must leave alone; empty when it has to wait. */
    synchronized Optional<String> spared(Ticket ticket) {
        return fits(ticket) ? Optional.ofNullable(tight).map(Claimed.Tight::project) : Optional.empty();
    }

    synchronized void overtaken() {
        overtakers++;
    }

    synchronized void tooLarge(Ticket ticket) {
        if (tight != null) {
            tight = new Claimed.Tight(tight.until(), tight.project(), Math.min(tight.room(), ticket.tokens() - 1));
        }
    }

    synchronized Offer.Cooling last() {
        return last;
    }

    synchronized Optional<WaitQueue.Length> length() {
        return tickets.isEmpty() ? Optional.empty() : Optional.of(new WaitQueue.Length(tickets.size(), tickets.getFirst().since()));
    }

    void wakeFirst() {
        Ticket first;
        synchronized (this) {
            first = tickets.isEmpty() ? null : tickets.getFirst();
        }
        if (first != null) {
            first.wake();
        }
    }

    void wakeAll() {
        List<Ticket> all;
        synchronized (this) {
            all = List.copyOf(tickets);
        }
        all.forEach(Ticket::wake);
    }
}
