package dev.hydra.gateway;

import dev.hydra.dialect.InvalidRequest;
import dev.hydra.dialect.ProviderRequest;

/** How one request is said to a provider: as it is where client and provider speak the same format, else translated (design §4.6). */
sealed interface Translation permits Verbatim, Translated {
    /**
     * The request as the route's provider takes it. Fetches media that the provider does not fetch itself, so it may take a while.
     *
     * @throws InvalidRequest when it cannot be said in the provider's format, or not in full and settings are strict
     */
    ProviderRequest to(Route route, Plan plan);

    /**
     * Forgets the signatures of the client's history, for a provider that did not accept one of them: the documented placeholder is sent then.
     *
     * @return false when that was done before, or cannot be done
     */
    boolean withoutSeals();
}
