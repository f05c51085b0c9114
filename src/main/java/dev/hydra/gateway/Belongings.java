package dev.hydra.gateway;

import dev.hydra.access.Caller;
import dev.hydra.dialect.InvalidRequest;
import java.util.List;

/** Knows which of the provider's objects (files, caches) belong to whom. The gateway asks; who keeps the record answers. */
public interface Belongings {
    /** Knows of none. */
    Belongings NONE = (caller, names) -> {
    };

    /**
     * Checks that a request may use the objects that it names, and lets the pool know the keys that own them.
     *
     * @param names empty for most requests, which then costs nothing
     * @throws InvalidRequest when one of them belongs to somebody else, or two of them to different projects, which no key could serve
     */
    void check(Caller caller, List<String> names);
}
