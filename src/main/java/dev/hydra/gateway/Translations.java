package dev.hydra.gateway;

import dev.hydra.Component;
import dev.hydra.access.Caller;
import dev.hydra.dialect.ClientDialect;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.settings.Settings;
import jakarta.inject.Inject;

/** Prepares a client's request for translation: gives its tool calls back the signatures that the client dropped. */
@Component
public final class Translations {
    private final Seals seals;
    private final OutsideMedia media;
    private final boolean strict;

    @Inject
    Translations(Seals seals, OutsideMedia media, Settings settings) {
        this.seals = seals;
        this.media = media;
        this.strict = settings.strict();
    }

    /** The request, ready for any route. @param body as it came */
    RequestTranslations of(ClientDialect dialect, byte[] body, ClientRequest request, Caller caller) {
        return new RequestTranslations(dialect, body,
                () -> new Translated(request, seals.restore(caller, request.conversation()), media, strict));
    }
}
