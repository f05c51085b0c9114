package dev.hydra.keys;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

    /** Numbers of a step in the ring: when it begins, then the requests and the tokens that were claimed within it. */
    private static final int NUMBERS = 3;
    private static final int REQUESTS = 1;
    private static final int TOKENS = 2;

    /**
     * The steps of this minute, oldest first, each where the one before ends, at the end of the array from its beginning on. Plain numbers side by side: a
     * window of a large pool comes to the processor from slow memory, and an object for each step would come by itself.
     */
    private long[] ring = new long[2 * NUMBERS];
    /** Where the oldest step is. */
    private int first;
    /** How many steps there are. */
    private int size;
    private long requests;
    private long tokens;
    /** Requests that were claimed and have not come back, however long ago. */
    private int open;
    /** The window that has taken over this one's uses. */
    private @Nullable Window successor;
    /** Whether it was forgotten after a minute without a use. */
    private boolean dropped;

    /** What was claimed at one time. @param begins of its step */
    record Use(Window owner, long begins) {
    }

    /** One more request. @param estimate of its input tokens */
    Use claim(long estimate, long now) {
        trim(now);
        // Where the clock was set back, the last step goes on.
        long last = size == 0 ? now : ring[at(size - 1)];
        long begins = now >= last + STEP ? now : last;
        append(begins, 1, estimate);
        open++;
        return new Use(this, begins);
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
        int step = window.find(use.begins);
        if (step >= 0) {
            window.add(window.at(step), counted ? 0 : -1, (counted ? real : 0) - estimate);
        }
    }

    private void add(int at, long moreRequests, long moreTokens) {
        ring[at + REQUESTS] += moreRequests;
        ring[at + TOKENS] += moreTokens;
        requests += moreRequests;
        tokens += moreTokens;
    }

    /** Adds to the last step, or to a new one after it. */
    private void append(long begins, long moreRequests, long moreTokens) {
        if (size == 0 || ring[at(size - 1)] != begins) {
            if (size * NUMBERS == ring.length) {
                grow();
            }
            int at = at(size++);
            ring[at] = begins;
            ring[at + REQUESTS] = 0;
            ring[at + TOKENS] = 0;
        }
        add(at(size - 1), moreRequests, moreTokens);
    }

    private void grow() {
        long[] larger = new long[2 * ring.length];
        System.arraycopy(ring, first, larger, 0, ring.length - first);
        System.arraycopy(ring, 0, larger, ring.length - first, first);
        ring = larger;
        first = 0;
    }

    /** Where a step is in the ring. @param step 0 = the oldest */
    private int at(int step) {
        int at = first + step * NUMBERS;
        return at < ring.length ? at : at - ring.length;
    }

    /** The step that begins then; negative when it is over. */
    private int find(long begins) {
        int low = 0;
        int high = size - 1;
        // Most come back soon: the last step is looked at before the middle one.
        for (int step = high; low <= high; step = (low + high) >>> 1) {
            long found = ring[at(step)];
            if (found == begins) {
                return step;
            }
            low = found < begins ? step + 1 : low;
            high = found < begins ? high : step - 1;
        }
        return -1;
    }

    private void trim(long now) {
        while (size > 0 && ring[first] + SPAN <= now) {
            requests -= ring[first + REQUESTS];
            tokens -= ring[first + TOKENS];
            first = at(1);
            size--;
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
        for (int step = 0; (leftRequests >= limit.rpm() || leftTokens > room) && step < size; step++) {
            int place = at(step);
            leftRequests -= ring[place + REQUESTS];
            leftTokens -= ring[place + TOKENS];
            at = ring[place] + SPAN;
        }
        return at;
    }

    /** When it changes next by itself; {@link Ranked#NEVER} when it is empty. */
    long nextChange() {
        return size == 0 ? Ranked.NEVER : ring[first] + SPAN;
    }

    /** Takes over another quota's uses, when two turn out to be one. */
    void merge(Window other) {
        List<long[]> both = Stream.concat(steps(), other.steps()).sorted(Comparator.comparingLong(step -> step[0])).toList();
        other.successor = this;
        open += other.open;
        requests = 0;
        tokens = 0;
        size = 0;
        both.forEach(step -> append(step[0], step[REQUESTS], step[TOKENS]));
    }

    /** What was claimed in this minute, oldest first: beginning, requests and tokens of each step. */
    List<long[]> steps(long now) {
        trim(now);
        return steps().filter(step -> step[REQUESTS] > 0 || step[TOKENS] > 0).toList();
    }

    private Stream<long[]> steps() {
        return IntStream.range(0, size).map(this::at).mapToObj(at -> new long[] {ring[at], ring[at + REQUESTS], ring[at + TOKENS]});
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
        return open == 0 && size == 0;
    }
}
