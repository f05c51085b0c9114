package dev.hydra.keys;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Says in the client's words why there is no key. */
final class Refusals {
    private static final String HOW_TO_ADD = " Add one with `hydra keys add`, a keys.json, or the variable GEMINI_API_KEYS; keys are made at https://aistudio.google.com/apikey.";

    private Refusals() {
    }

    /** @param disabled reasons by key id */
    static Offer offer(Claimed claimed, String model, Map<String, String> disabled) {
        return switch (claimed) {
            case Claimed.Granted granted -> throw new IllegalArgumentException("key " + granted.grant().key() + " was granted");
            case Claimed.Empty empty -> new Offer.NoKeys(noKeys(disabled) + HOW_TO_ADD);
            case Claimed.Lacking lacking ->
                new Offer.NoModel("No configured key has the model '" + model + "'; GET /v1/models lists those there are.");
            case Claimed.Tried tried -> new Offer.NoKeys("Every key that could serve '" + model + "' was tried for this request.");
            case Claimed.Busy busy -> new Offer.Cooling(busy.worthwhile(), false,
                    "Every key that could serve '" + model
                            + "' has as many requests under way at once as it may have (HYDRA_POOL_CONCURRENCY times its tier).");
            case Claimed.Tight tight -> new Offer.Cooling(tight.until(), false,
                    "No key has so many tokens left in this minute for '" + model + "'.");
            case Claimed.Resting resting -> resting(resting.rest(), model);
        };
    }

    private static String noKeys(Map<String, String> disabled) {
        if (disabled.isEmpty()) {
            return "Hydra has no Gemini key.";
        }
        Map<String, Long> reasons = disabled.values().stream()
                .collect(Collectors.groupingBy(reason -> reason, TreeMap::new, Collectors.counting()));
        String list = reasons.entrySet().stream().map(entry -> entry.getValue() + " × " + entry.getKey()).collect(Collectors.joining(", "));
        return "Every Gemini key is disabled (" + list + ").";
    }

    private static Offer resting(Rest rest, String model) {
        return switch (rest.kind()) {
            case QUOTA -> new Offer.Cooling(rest.until(), false, "The quota per minute for '" + model + "' is used up on every key.");
            case DAILY -> new Offer.Cooling(rest.until(), true, "The day's quota for '" + model + "' is used up on every key.");
            case NO_QUOTA -> new Offer.Cooling(rest.until(), true, "No configured key has a quota for '" + model + "'.");
            case CAPPED -> new Offer.Cooling(rest.until(), true, "Every account has used up its part of a cap on '" + model + "'.");
            case NO_MODEL -> new Offer.NoModel("No configured key has the model '" + model + "'; GET /v1/models lists those there are.");
            case PAUSED -> new Offer.NoKeys("Every Gemini key is paused after failures of its own, the first until " + rest.until() + ".");
            case SUSPECT -> new Offer.NoKeys("The provider refused every Gemini key; they are being checked.");
        };
    }
}
