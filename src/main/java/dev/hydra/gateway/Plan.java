package dev.hydra.gateway;

import java.util.List;

/**
 * All that is settled about a request before the first try.
 *
 * @param routes     in the order in which they are tried; never empty
 * @param affinities names of provider-side objects that tie the request to the key that owns them
 * @param estimate   tokens that the request will probably take, for the pool's choice
 */
record Plan(Exchange exchange, RequestTranslations translations, List<Route> routes, List<String> affinities, long estimate,
        Deadline deadline) {
    /** How the request is said on this route. */
    Translation translation(Route route) {
        return translations.of(route);
    }
}
