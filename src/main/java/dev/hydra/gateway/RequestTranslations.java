package dev.hydra.gateway;

import dev.hydra.dialect.ClientDialect;
import dev.hydra.dialect.ClientRequest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The ways to say one request, each made when a route needs it: a request that is only passed on is never read into a tree. */
final class RequestTranslations {
    private final String clientDialect;
    private final Verbatim verbatim;
    private final Supplier<Translated> translating;
    private @Nullable Translated translated;

    RequestTranslations(ClientDialect dialect, byte[] body, Supplier<Translated> translating) {
        this.clientDialect = dialect.id();
        this.verbatim = new Verbatim(body, dialect.passage());
        this.translating = translating;
    }

    /** The way for a route. @throws dev.hydra.dialect.InvalidRequest when the {@link ClientRequest} cannot be read */
    Translation of(Route route) {
        if (route.dialect().passesOn() && route.dialect().id().equals(clientDialect)) {
            return verbatim;
        }
        if (translated == null) {
            translated = translating.get();
        }
        return translated;
    }
}
