package dev.hydra.gateway;

import dev.hydra.Component;
import dev.hydra.dialect.Ask;
import dev.hydra.dialect.ClientDialect;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.settings.Settings;
import jakarta.inject.Inject;

/** Reads a request and settles all that can be settled before the first try. */
@Component
public final class Plans {
    private static final int BYTES_PER_TOKEN = 4;

    private final Routes routes;
    private final Translations translations;
    private final Archives archives;
    private final Belongings belongings;
    private final Settings settings;

    @Inject
    Plans(Routes routes, Translations translations, Archives archives, Belongings belongings, Settings settings) {
        this.routes = routes;
        this.translations = translations;
        this.archives = archives;
        this.belongings = belongings;
        this.settings = settings;
    }

    /**
     * The plan for a request.
     *
     * @param exchange is told of model and stream as soon as they are known
     * @throws InvalidRequest when the body is not acceptable, or names an object that is not the caller's
     */
    Plan of(Exchange exchange, ClientDialect dialect, byte[] body) {
        Ask ask = dialect.peek(body);
        belongings.check(exchange.caller(), ask.affinities());
        exchange.asked(ask.model(), ask.streamed());
        ClientRequest request = dialect.read(body, archives.of(exchange.caller()));
        return new Plan(exchange, request, translations.of(dialect, body, request, exchange.caller()), routes.candidates(ask.model()),
                ask.affinities(), body.length / BYTES_PER_TOKEN, Deadline.in(settings.timeouts().total()));
    }
}
