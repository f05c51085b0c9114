package dev.hydra.keys;

import dev.hydra.secret.Fingerprint;
import dev.hydra.secret.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The right to use a key for one provider call, ended by exactly one named outcome; {@link #close} without one means that nothing was learned.
 *
 * <p>A second outcome is a programming error: {@link IllegalStateException}. May be ended on another thread than the one that took it.
 */
public final class Lease implements AutoCloseable {
    private static final long NOT_BEGUN = -1;

    private final KeyPool pool;
    private final Grant grant;
    private final PooledKey key;
    private final CapHold hold;
    private final LeaseRequest request;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile long begun = NOT_BEGUN;

    Lease(KeyPool pool, Grant grant, PooledKey key, CapHold hold, LeaseRequest request) {
        this.pool = pool;
        this.grant = grant;
        this.key = key;
        this.hold = hold;
        this.request = request;
    }

    /** The key's id: for {@link LeaseRequest#tried}, admin paths and stored references. */
    public String keyId() {
        return key.id();
    }

    /** For logs and audit rows. */
    public Fingerprint fingerprint() {
        return key.fingerprint();
    }

    /** The key's project as configured or as the provider named it; empty when unknown. */
    public String project() {
        return key.project();
    }

    /** The key itself, for the header of the one call. */
    public Secret key() {
        return key.secret();
    }

    /** The provider answered: failures are forgotten, the day's counters grow. @param tokens input and output together; 0 = unknown */
    public void succeeded(long tokens) {
        end(new Settlement.Used(-1, tokens));
    }

    /** As {@link #succeeded(long)}. @param input tokens of the request, which take the estimate's place */
    public void succeeded(long input, long tokens) {
        end(new Settlement.Used(input, tokens));
    }

    /**
     * A quota is used up. A rest that ends later stays; more than 30 hours are cut to that, since no quota of Google's lasts longer than a day.
     *
     * @param daily whether it is a day's quota or money
     */
    public void coolUntil(Scope scope, Instant until, boolean daily, String reason) {
        coolUntil(scope, until, daily, reason, List.of());
    }

    /** As {@link #coolUntil(Scope, Instant, boolean, String)}. @param told sizes of the used-up quotas, which are kept from now on */
    public void coolUntil(Scope scope, Instant until, boolean daily, String reason, List<Limit.Told> told) {
        end(new Settlement.Cool(scope, new Rest(until, daily ? Rest.Kind.DAILY : Rest.Kind.QUOTA, reason), false, told));
    }

    /** A quota of unknown size and period is used up: the key rests for the model until then, and longer each time that it comes again before a success. */
    public void coolForAWhile(Instant until, String reason) {
        end(new Settlement.Cool(Scope.KEY_MODEL, new Rest(until, Rest.Kind.QUOTA, reason), true, List.of()));
    }

    /**
     * The quota for the model's own web searches is used up: requests of this model that search leave the key alone until then, others do not.
     *
     * @param guessed whether the end is a guess, which is made later each time
     */
    public void groundingUsedUp(Instant until, boolean daily, String reason, boolean guessed) {
        pool.groundingUsedUp(key.id(), request.model(), new Rest(until, daily ? Rest.Kind.DAILY : Rest.Kind.QUOTA, reason), guessed);
        // A refused request has used nothing, whatever else the key may do.
        end(new Settlement.Unsent());
    }

    /**
     * The key, or all keys of its project, is of no use any more: see {@link KeyPool} for when that disables it at once.
     *
     * @param reason  short word, e.g. {@code API_KEY_INVALID}
     * @param message the provider's text without key material
     */
    public void rejected(Scope scope, String reason, String message) {
        Health health = end(new Settlement.Suspected(scope, reason));
        pool.rejected(key, scope, reason, message, health);
    }

    /** The model is not there for the key. */
    public void modelUnavailable(Scope scope, Instant until, String reason) {
        modelUnavailable(scope, until, false, reason);
    }

    /** The model is not there for the key. @param quota true: it is there, with a quota of zero, which later requests are told as a used-up quota */
    public void modelUnavailable(Scope scope, Instant until, boolean quota, String reason) {
        end(new Settlement.Cool(scope, new Rest(until, quota ? Rest.Kind.NO_QUOTA : Rest.Kind.NO_MODEL, reason), false,
                List.of()));
    }

    /** A failure that is the key's own: so many in a row ({@code HYDRA_POOL_FAILURE_THRESHOLD}) pause it. */
    public void failed(String reason) {
        end(new Settlement.Failed(reason));
    }

    /**
     * The provider has begun to answer. Not an outcome; allowed at any time. An answer that then breaks off, or that nobody waits for any more, counts for
     * caps as what it has taken so far.
     *
     * @param tokens input and output together, as far as told; 0 = unknown
     */
    public void answering(long tokens) {
        begun = tokens;
    }

    /** Nothing was learned about the key. */
    public void ignored() {
        end(new Settlement.Ignored());
    }

    /** The provider named the key's project, e.g. {@code projects/123}. Not an outcome; allowed at any time. */
    public void learnProject(String consumer) {
        pool.learnProject(key, consumer);
    }

    /** A provider object (file, cache) was made with this key: requests that name it come back to the key's project. */
    public void owns(String affinity, Duration ttl) {
        pool.remember(affinity, key, ttl);
    }

    /** {@link #ignored} when no outcome was told, else nothing. */
    @Override
    public void close() {
        if (ended.compareAndSet(false, true)) {
            release(new Settlement.Ignored());
        }
    }

    private Health end(Settlement settlement) {
        if (!ended.compareAndSet(false, true)) {
            throw new IllegalStateException("the lease of key " + key.id() + " has ended already; it was then told " + settlement);
        }
        return release(settlement);
    }

    private Health release(Settlement settlement) {
        switch (settlement) {
            case Settlement.Used used -> hold.end(true, used.tokens());
            case Settlement.Cool cool -> hold.end(false, 0);
            case Settlement.Failed failed -> hold.end(begun != NOT_BEGUN, begun);
            case Settlement.Suspected suspected -> hold.end(false, 0);
            case Settlement.Ignored ignored -> hold.end(begun != NOT_BEGUN, begun);
            case Settlement.Unsent unsent -> hold.end(false, 0);
        }
        return pool.release(grant, settlement);
    }
}
