package dev.hydra.gateway;

import dev.hydra.dialect.ProviderDialect;
import dev.hydra.dialect.ProviderRequest;
import dev.hydra.wire.Passage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that goes to a provider of the client's own format byte by byte. What may change: the model's name, which stands in the address; a body whose
 * model has a suffix that asks for something; and signatures that the provider has refused.
 */
final class Verbatim implements Translation {
    private final Passage passage;
    private byte[] body;
    private boolean unsealed;
    private @Nullable Route written;
    private @Nullable ProviderRequest providerRequest;
    private @Nullable ProviderDialect dialect;

    Verbatim(byte[] body, Passage passage) {
        this.body = body;
        this.passage = passage;
    }

    @Override
    public ProviderRequest to(Route route, Plan plan) {
        ProviderRequest known = providerRequest;
        if (known != null && route.equals(written)) {
            return known;
        }
        ProviderRequest made = made(route);
        written = route;
        dialect = route.dialect();
        providerRequest = made;
        return made;
    }

    private ProviderRequest made(Route route) {
        return route.dialect().verbatim(body, route.model(), route.suffixes(), passage)
                .orElseThrow(() -> new IllegalStateException("the dialect " + route.dialect().id() + " passes nothing on as it is"));
    }

    @Override
    public boolean withoutSeals() {
        if (unsealed || dialect == null) {
            return false;
        }
        unsealed = true;
        Optional<byte[]> changed = dialect.withoutSeals(body);
        changed.ifPresent(bytes -> body = bytes);
        providerRequest = null;
        return changed.isPresent();
    }
}
