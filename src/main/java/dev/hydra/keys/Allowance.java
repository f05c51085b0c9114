package dev.hydra.keys;

import dev.hydra.keys.Snapshot.Quota;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the quotas of one model are judged, for all projects.
 *
 * @param group  name that the model's use is counted under
 * @param models that are counted under it
 * @param given  limit that the operator has set
 * @param guess  built-in figures; exceeding them is allowed when nothing better is left
 */
record Allowance(Quotas quotas, String group, List<String> models, Limit given, Limit guess) {

    Quota quota(String project) {
        return new Quota(project, group);
    }

    /** The limit that is kept exactly: the API's word, else the operator's. */
    Limit limit(Quota quota, long now) {
        return quotas.told(quota, now).orElse(given).share(quotas.nodes());
    }

    /** Why no request at all may use the quota now; null when one may. @param window of the quota; null before its first use, here and below */
    @Nullable
    Rest rest(Quota quota, @Nullable Window window, long now) {
        Limit limit = limit(quota, now);
        if (limit.equals(Limit.NONE)) {
            return null;
        }
        if (limit.closed()) {
            return new Rest(Instant.ofEpochMilli(quotas.days.tomorrow(now)), Rest.Kind.NO_QUOTA, "the limit is 0");
        }
        int open = window == null ? 0 : window.open();
        if (limit.rpd() != Limit.UNKNOWN && day(quota, now) + open >= limit.rpd()) {
            return new Rest(Instant.ofEpochMilli(quotas.days.tomorrow(now)), Rest.Kind.DAILY, limit.rpd() + " requests a day are used up");
        }
        long free = window == null ? now : window.freeAt(limit, 1, now);
        return free <= now ? null
                : new Rest(Instant.ofEpochMilli(free), Rest.Kind.QUOTA, "what is allowed in a minute is used up");
    }

    /** When there is room for so many input tokens more; {@code now} when there is. */
    long freeAt(Quota quota, @Nullable Window window, long estimate, long now) {
        return window == null ? now : window.freeAt(limit(quota, now), estimate, now);
    }

    /** Input tokens that this minute has left. */
    long room(Quota quota, @Nullable Window window, long now) {
        return Math.max(0, limit(quota, now).tpm() - (window == null ? 0 : window.tokens(now)));
    }

    /** Whether the quota has had what the built-in figures say, so that another project should be asked first. */
    boolean crowded(Quota quota, @Nullable Window window, long now) {
        if (guess.equals(Limit.NONE)) {
            return false;
        }
        Limit expected = limit(quota, now).orElse(guess);
        return window != null && (window.requests(now) >= expected.rpm() || window.tokens(now) >= expected.tpm())
                || expected.rpd() != Limit.UNKNOWN && day(quota, now) >= expected.rpd();
    }

    /** When it may become less crowded by itself. */
    long nextChange(@Nullable Window window, long now) {
        return Math.min(window == null ? Ranked.NEVER : window.nextChange(), quotas.days.tomorrow(now));
    }

    private long day(Quota quota, long now) {
        long sum = 0;
        for (String model : models) {
            sum += quotas.days.requests(new Quota(quota.project(), model), now);
        }
        return sum;
    }
}
