package dev.hydra.gateway;

import dev.hydra.dialect.ClientRequest;
import java.util.List;

/**
 * All that is settled about a request before the first try.
 *
 * @param request    as it was read; writes the answer
 * @param routes     in the order in which they are tried; never empty
 * @param affinities names of provider-side objects that tie the request to the key that owns them
 * @param estimate   tokens that the request will probably take, for the pool's choice
 */
record Plan(Exchange exchange, ClientRequest request, RequestTranslations translations, List<Route> routes, List<String> affinities,
        long estimate,
        Deadline deadline) {
    /** How the request is said on this route. */
    Translation translation(Route route) {
        return translations.of(route);
    }
}
