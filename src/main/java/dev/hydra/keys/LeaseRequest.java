package dev.hydra.keys;

import java.util.List;
import java.util.Set;

/**
 * What a request needs of a key.
 *
 * @param model           the provider's name of the model, without {@code models/}
 * @param estimatedTokens of the request, without the reply, estimated; 0 = unknown
 * @param affinities      names of provider objects (files, caches) that belong to one project; only its keys can serve the request
 * @param tried           ids of keys already tried for this request; not given again. Not copied
 * @param grounded        whether the model is to search the web itself, which has a quota of its own
 */
public record LeaseRequest(String model, long estimatedTokens, List<String> affinities, Set<String> tried, boolean grounded) {

    /** What a request without a search needs. */
    public LeaseRequest(String model, long estimatedTokens, List<String> affinities, Set<String> tried) {
        this(model, estimatedTokens, affinities, tried, false);
    }

    LeaseRequest withTried(Set<String> others) {
        return new LeaseRequest(model, estimatedTokens, affinities, others, grounded);
    }
}
