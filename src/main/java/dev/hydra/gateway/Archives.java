package dev.hydra.gateway;

import dev.hydra.access.Caller;
import dev.hydra.dialect.Archive;

/** Where replies are kept for requests that build on them by name (spec mapping §5.1, {@code store}). */
public interface Archives {
    /** What is kept for a caller: for its token, or for all local callers together while the gateway is open. Costs nothing until it is asked. */
    Archive of(Caller caller);
}
