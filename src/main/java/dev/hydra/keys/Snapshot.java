package dev.hydra.keys;

import java.time.LocalDate;
import java.util.Map;

/**
 * What is known of keys and quotas at a moment. Rests may have ended already.
 *
 * @param rests by whom they concern
 * @param days  counters by project and model
 * @param keys  by id; keys about which nothing is known may be missing
 */
public record Snapshot(Map<Place, Rest> rests, Map<Quota, Day> days, Map<String, KeyView> keys) {

    /**
     * Whom a rest concerns.
     *
     * @param owner key id or project
     * @param model empty for the scopes without a model
     */
    public record Place(Scope scope, String owner, String model) {
    }

    /** A quota: a project and a model. */
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

    /** A key. @param project whose quota it uses */
    public record KeyView(String project, int inFlight, Health health) {
    }
}
