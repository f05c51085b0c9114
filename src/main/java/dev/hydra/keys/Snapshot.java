package dev.hydra.keys;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

/**
 * What is known of keys and quotas at a moment. Rests may have ended already.
 *
 * @param rests by whom they concern
 * @param days  counters by project and model
 * @param keys  by id; keys about which nothing is known may be missing
 * @param limits as the provider told them
 * @param fills  what the last minute has had; nothing to keep
 */
public record Snapshot(Map<Place, Rest> rests, Map<Quota, Day> days, Map<String, KeyView> keys, Map<Quota, ToldLimit> limits,
        Map<Quota, Fill> fills) {

    /**
     * Whom a rest concerns.
     *
     * @param owner key id or project
     * @param model empty for the scopes without a model
     */
    public record Place(Scope scope, String owner, String model) {
    }

    /** A quota: a project and a model, or the name of a quota group. */
    public record Quota(String project, String model) {
    }

    /**
     * What was used of a day's quota.
     *
     * @param date     in Google's time zone, America/Los_Angeles
     * @param requests that the provider answered
     * @param tokens   input and output together, as far as known
     */
    public record Day(LocalDate date, long requests, long tokens) {
    }

    /** Sizes of a quota as the provider told them. @param moment of the last word */
    public record ToldLimit(Limit limit, Instant moment) {
    }

    /**
     * What a quota has had in the last minute.
     *
     * @param requests claimed; those that were refused are not counted
     * @param tokens   of the requests, estimated until they come back
     * @param open     requests under way
     * @param limit    that is kept exactly
     * @param guess    built-in figures
     */
    public record Fill(long requests, long tokens, int open, Limit limit, Limit guess) {
    }

    /** A key. @param project whose quota it uses */
    public record KeyView(String project, int inFlight, Health health) {
    }
}
