package dev.hydra.keys;

import java.util.List;

/**
 * What a lease is about, as those who decide on it elsewhere must know it.
 *
 * @param group    name that the model's use is counted under
 * @param models   that are counted under it
 * @param limit    that is kept exactly
 * @param most     requests at once of the key; 0 = as many as there are
 * @param counting whether uses are counted at all
 * @param tokens   of the request, estimated
 */
record Terms(String project, String key, String model, String group, List<String> models, Limit limit, int most, boolean counting,
        long tokens) {
}
