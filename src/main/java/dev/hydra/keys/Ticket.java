package dev.hydra.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A request that wants a key. To be asked by {@link #poll} until it gives an offer, then left. Used by one thread at a time but for {@link #wake}. */
final class Ticket {
    private final WaitQueue queue;
    private final LeaseRequest request;
    private final Instant since;
    private final Instant deadline;
    private final String name;
    private final Semaphore woken = new Semaphore(0);
    private volatile Runnable onWake = () -> {
    };
    private @Nullable WaitingLine line;
    private Instant again;
    private @Nullable Offer refusal;

    Ticket(WaitQueue queue, LeaseRequest request, Instant now, Duration patience) {
        this.queue = queue;
        this.request = request;
        this.since = now;
        this.deadline = now.plus(patience);
        this.again = deadline;
        this.name = request.model() + (request.grounded() ? "\nsearch" : "")
                + queue.pool().owner(request.affinities()).map(owner -> "\n" + owner).orElse("");
    }

    /** The name of its line: whose first line is the model. */
    String name() {
        return name;
    }

    /** When it came. */
    Instant since() {
        return since;
    }

    /** What it needs, estimated. */
    long tokens() {
        return request.estimatedTokens();
    }

    /** Is told, on any thread, that {@link #poll} is worth while. */
    void onWake(Runnable listener) {
        onWake = listener;
    }

    /** When {@link #poll} is worth while at the latest. */
    Instant again() {
        return again;
    }

    /** A key, or why there is none; empty while it is worth waiting. */
    Optional<Offer> poll() {
        if (queue.isClosed()) {
            return Optional.of(new Offer.NoKeys("The gateway is being stopped."));
        }
        WaitingLine current = line;
        if (current == null) {
            WaitingLine there = queue.line(name);
            return there == null ? first() : behind(there);
        }
        if (current.isFirst(this)) {
            return first();
        }
        again = deadline;
        Optional<Offer> overtaking = current.spared(this).flatMap(spared -> overtake(current, spared));
        if (overtaking.isPresent()) {
            return overtaking;
        }
        return queue.now().isBefore(deadline) ? Optional.empty() : Optional.of(current.last());
    }

    private Optional<Offer> first() {
        // Who has waited may have a key again that refused it before: a key that is still of no use rests.
        LeaseRequest wish = line == null ? request : request.withTried(Set.of());
        KeyPool.Attempt attempt = queue.pool().attempt(wish, "");
        Offer offer = attempt.offer();
        if (!(offer instanceof Offer.Cooling cooling) || !cooling.until().isBefore(deadline)
                || !queue.now().isBefore(deadline)) {
            return Optional.of(offer);
        }
        refusal = offer;
        again = cooling.until();
        if (line == null) {
            return join(cooling);
        }
        line.refused(cooling, attempt.tight());
        return Optional.empty();
    }

    /** Takes what an earlier request cannot use. Refused, it waits on as if nothing had been. */
    private Optional<Offer> overtake(WaitingLine current, String spared) {
        Offer offer = queue.pool().attempt(request, spared).offer();
        if (offer instanceof Offer.Granted) {
            current.overtaken();
            return Optional.of(offer);
        }
        current.tooLarge(this);
        return Optional.empty();
    }

    /** Others wait already: their first one's last word holds for this request too. */
    private Optional<Offer> behind(WaitingLine there) {
        Offer.Cooling last = there.last();
        return last.until().isBefore(deadline) || there.fits(this) ? join(last) : Optional.of(last);
    }

    private Optional<Offer> join(Offer.Cooling word) {
        refusal = word;
        WaitingLine joined = queue.join(this, word);
        if (joined == null) {
            return Optional.of(word);
        }
        line = joined;
        // Something may have been released before this one stood in the line, where it would have been told.
        again = queue.now();
        return Optional.empty();
    }

    Offer last() {
        WaitingLine current = line;
        Offer known = refusal;
        return current != null ? current.last() : known != null ? known : queue.pool().lease(request);
    }

    void await() throws InterruptedException {
        Instant until = again.isBefore(deadline) ? again : deadline;
        if (woken.tryAcquire(Math.max(1, Duration.between(queue.now(), until).toMillis()), TimeUnit.MILLISECONDS)) {
            woken.drainPermits();
        }
    }

    void wake() {
        woken.release();
        onWake.run();
    }

    /** Goes, with a key or without; the next one's turn comes. To be called once. */
    void leave() {
        WaitingLine current = line;
        if (current != null) {
            queue.leave(this, current);
        }
    }
}
