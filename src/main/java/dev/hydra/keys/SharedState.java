package dev.hydra.keys;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * All that the pool must agree on: requests in flight, rests, counters, order of use, and small things to remember. In this process
 * ({@link LocalState}) or, for several nodes, elsewhere.
 *
 * <p>Each method is one atomic step, so that an implementation over a network needs one round trip for it: the caller hands over what it wants, the
 * state decides. Time is the implementation's own, so that nodes need not agree on it. Safe for use by many threads; no method waits for a provider.
 */
public interface SharedState {
    /** Adds a key, or takes over what has changed about it. Its requests in flight, rests and counters stay. New keys come last in the order. */
    void join(Member member);

    /** A key is not given out any more; its leases in flight can still be released. What is known of its health is forgotten. */
    void leave(String key);

    /** Takes a key for a request, if there is one. */
    Claimed claim(Claim claim);

    /**
     * Gives a key back and learns from how it went.
     *
     * @return the key's health after that
     */
    Health release(Grant grant, Settlement settlement);

    /** A failure that is the key's own, told after its lease. @return the key's health after that */
    Health failed(String key, String reason);

    /**
     * The provider has named the project of a key. Its quotas and the project's become one: rests by the later end, counters by their sum.
     *
     * @return whether that was news
     */
    boolean assign(String key, String project);

    /** Ends the pause of a key that turned out well; suspicions stay counted until a success. */
    void resume(String key);

    /** Keeps a small text under a name for a time. Old ones are dropped when there are too many. */
    void remember(String name, String text, Duration ttl);

    /** What was remembered, if it still is. */
    Optional<String> recall(String name);

    /** Forgets all rests, failures and counters of the day; not requests in flight. */
    Cleared reset();

    /** What must outlive the process. */
    Snapshot snapshot();

    /** Takes over a snapshot; what has expired since is dropped, what is known already and later stays. */
    void restore(Snapshot snapshot);

    /** Says which models share a quota. What they have used in this minute becomes one; groups that were there before and are not named end. */
    void regroup(Map<String, String> groupsByModel);

    /**
     * Ends all rests of a kind, whose cause has gone. Without it they last until their ends; {@code changes} need not grow when there was none.
     */
    default void lift(Rest.Kind kind) {
    }

    /** Says whom to tell when a key may be free again that this node did not release itself. At most one; on any thread. */
    default void onRoom(Runnable listener) {
    }

    /** What the state has to say of its nodes. */
    default Cluster cluster() {
        return Cluster.ALONE;
    }

    /** Ends all that goes on in the background. */
    default void close() {
    }

    /**
     * How a node stands with the others.
     *
     * @param redis   {@code none}: this node is alone; {@code joined}; {@code lost}: it goes on by itself with its part of the quotas
     * @param nodes   that are known, this one included
     * @param trouble why Redis is lost, for operators; empty when it is not
     */
    record Cluster(String redis, int nodes, String trouble) {
        /** A node without a cluster. */
        public static final Cluster ALONE = new Cluster("none", 1, "");
    }

    /** Grows whenever the next {@link #snapshot} would differ. */
    long changes();

    /**
     * What a reset has forgotten.
     *
     * @param rests    of keys, projects and models
     * @param pauses   of keys after failures
     * @param counters of a project and model
     */
    record Cleared(int rests, int pauses, int counters) {
    }
}
