package dev.hydra.keys;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The requests and input tokens that one quota has had in the last minute. Not thread-safe; times are milliseconds since 1970.
 *
 * <p>A provider counts a request when it arrives, which is later than it was claimed. So a use counts for {@link #TRAVEL} longer than a minute: then any
 * 60 seconds of the provider's, sliding or fixed, hold no more requests than the limit, as long as none travels longer. Uses of {@link #STEP} are
 * counted together, so that a busy window stays small.
 */
final class Window {
    /** How long a request may take from the claim of its key until the provider has counted it. */
    static final long TRAVEL = 400;
    static final long STEP = 20;
    private static final long MINUTE = 60_000;
    /** How long the uses of one step count, from its beginning. */
    static final long SPAN = STEP + MINUTE + TRAVEL;

    private final ArrayDeque<Use> uses = new ArrayDeque<>(4);
    private long requests;
    private long tokens;
    /** Requests that were claimed and have not come back, however long ago. */
    private int open;
    /** The window that has taken over this one's uses. */
    private @Nullable Window successor;
    /** Whether it was forgotten after a minute without a use. */
    private boolean dropped;

    /** What was claimed within one step. */
    static final class Use {
        private final Window owner;
        private final long begins;
        private long requests;
        private long tokens;
        private boolean past;

        private Use(Window owner, long begins) {
            this.owner = owner;
            this.begins = begins;
        }

        private long ends() {
            return begins + SPAN;
        }
    }

    /** One more request. @param estimate of its input tokens */
    Use claim(long estimate, long now) {
        trim(now);
        Use last = uses.peekLast();
        if (last == null || now >= last.begins + STEP || now < last.begins) {
            last = new Use(this, last == null ? now : Math.max(now, last.begins));
            uses.addLast(last);
        }
        add(last, 1, estimate);
        open++;
        return last;
    }

    /**
     * A request has come back.
     *
     * @param real    input tokens that it used of the estimated ones
     * @param counted whether the provider has counted it; a refused one counts for nothing
     */
    static void settle(Use use, long estimate, long real, boolean counted) {
        Window window = use.owner;
        while (window.successor != null) {
            window = window.successor;
        }
        window.open--;
        if (!use.past) {
            window.add(use, counted ? 0 : -1, (counted ? real : 0) - estimate);
        }
    }

    private void add(Use use, long moreRequests, long moreTokens) {
        use.requests += moreRequests;
        use.tokens += moreTokens;
        requests += moreRequests;
        tokens += moreTokens;
    }

    private void trim(long now) {
        for (Use first = uses.peekFirst(); first != null && first.ends() <= now; first = uses.peekFirst()) {
            uses.removeFirst();
            first.past = true;
            requests -= first.requests;
            tokens -= first.tokens;
        }
    }

    long requests(long now) {
        trim(now);
        return requests;
    }

    long tokens(long now) {
        trim(now);
        return tokens;
    }

    int open() {
        return open;
    }

    /**
     * When there is room for one more request: {@code now} when there is.
     *
     * @param estimate of its input tokens; one that is larger than the limit gets the whole minute, since the estimate may be wrong
     */
    long freeAt(Limit limit, long estimate, long now) {
        trim(now);
        long room = Math.max(0, limit.tpm() - Math.min(Math.max(1, estimate), limit.tpm()));
        long leftRequests = requests;
        long leftTokens = tokens;
        long at = now;
        for (Iterator<Use> all = uses.iterator(); (leftRequests >= limit.rpm() || leftTokens > room) && all.hasNext();) {
            Use use = all.next();
            leftRequests -= use.requests;
            leftTokens -= use.tokens;
            at = use.ends();
        }
        return at;
    }

    /** When it changes next by itself; {@link Ranked#NEVER} when it is empty. */
    long nextChange() {
        Use first = uses.peekFirst();
        return first == null ? Ranked.NEVER : first.ends();
    }

    /** Takes over another quota's uses, when two turn out to be one. */
    void merge(Window other) {
        other.successor = this;
        open += other.open;
        requests += other.requests;
        tokens += other.tokens;
        ArrayDeque<Use> own = new ArrayDeque<>(uses);
        ArrayDeque<Use> others = new ArrayDeque<>(other.uses);
        uses.clear();
        while (!own.isEmpty() || !others.isEmpty()) {
            boolean ownFirst = others.isEmpty() || !own.isEmpty() && own.getFirst().begins <= others.getFirst().begins;
            uses.addLast(ownFirst ? own.removeFirst() : others.removeFirst());
        }
    }

    /** What was claimed in this minute, oldest first: beginning, requests and tokens of each step. */
    List<long[]> steps(long now) {
        trim(now);
        return uses.stream().filter(use -> use.requests > 0 || use.tokens > 0).map(use -> new long[] {use.begins, use.requests, use.tokens})
                .toList();
    }

    /** Whether the quota's uses are, or will be, counted by another one. */
    boolean isReplaced() {
        return dropped || successor != null;
    }

    /** Ends an idle one. */
    void drop() {
        dropped = true;
    }

    boolean isIdle(long now) {
        trim(now);
        return open == 0 && uses.isEmpty();
    }
}
