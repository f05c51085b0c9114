package dev.hydra.demo;

import java.util.List;
import java.util.Map;

/**
 * A Google Cloud project of the simulation. Its keys share its quotas.
 *
 * @param number       project number, digits
 * @param keys         the keys that belong to it
 * @param defaultQuota holds for every model that {@code quotas} does not name
 * @param quotas       by model id without {@code models/}
 */
public record SimulatedProject(String number, List<String> keys, Quota defaultQuota, Map<String, Quota> quotas) {

    /** Copies the collections. */
    public SimulatedProject {
        keys = List.copyOf(keys);
        quotas = Map.copyOf(quotas);
    }

    /** A project with one quota for each of its models. */
    public static SimulatedProject of(String number, Quota quota, String... keys) {
        return new SimulatedProject(number, List.of(keys), quota, Map.of());
    }

    Quota quota(String model) {
        return quotas.getOrDefault(model, defaultQuota);
    }
}
