package dev.hydra.demo;

/**
 * What one project may ask of one model. The day ends at midnight in Los Angeles (spec mapping §4.4).
 *
 * @param requestsPerMinute    1 or more
 * @param inputTokensPerMinute 1 or more
 * @param requestsPerDay       0 means that the project has no quota for the model at all ("limit: 0")
 * @param freeTier             whether errors name the free tier's quota ids
 */
public record Quota(long requestsPerMinute, long inputTokensPerMinute, long requestsPerDay, boolean freeTier) {
    /** No limit at all. */
    public static final Quota UNLIMITED = new Quota(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, false);
    /** No quota for the model: every request is refused. */
    public static final Quota NONE = new Quota(1, 1, 0, true);

    /** A quota of the free tier. */
    public static Quota free(long requestsPerMinute, long inputTokensPerMinute, long requestsPerDay) {
        return new Quota(requestsPerMinute, inputTokensPerMinute, requestsPerDay, true);
    }
}
