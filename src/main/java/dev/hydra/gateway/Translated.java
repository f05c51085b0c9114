package dev.hydra.gateway;

import dev.hydra.conversation.Conversation;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.dialect.ModelSuffix;
import dev.hydra.dialect.ProviderRequest;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A request on its way from the client's dialect to a provider's: read once, written once for each route that is tried. */
final class Translated implements Translation {
    private final ClientRequest request;
    private Conversation conversation;
    private boolean unsealed;
    private final OutsideMedia media;
    private final boolean strict;
    private @Nullable Route written;
    private @Nullable ProviderRequest providerRequest;

    /** @param strict whether a field that cannot be carried is an error */
    Translated(ClientRequest request, Conversation conversation, OutsideMedia media, boolean strict) {
        this.request = request;
        this.conversation = conversation;
        this.media = media;
        this.strict = strict;
    }

    @Override
    public ProviderRequest to(Route route, Plan plan) {
        ProviderRequest known = providerRequest;
        if (known != null && route.equals(written)) {
            return known;
        }
        Set<String> ignored = plan.exchange().ignored();
        Conversation complete = media.inline(ModelSuffix.on(conversation, route.suffixes()), uri -> !route.dialect().takesLink(uri),
                plan.deadline());
        ProviderRequest made = route.dialect().write(complete, route.model());
        ignored.addAll(request.ignored());
        ignored.addAll(made.ignored());
        if (strict && !ignored.isEmpty()) {
            String fields = String.join(", ", new TreeSet<>(ignored));
            throw new InvalidRequest(ignored.iterator().next(),
                    "not supported by the model " + route.model() + ", and HYDRA_STRICT is on: " + fields);
        }
        written = route;
        providerRequest = made;
        return made;
    }

    @Override
    public boolean withoutSeals() {
        boolean news = !unsealed;
        unsealed = true;
        conversation = Seals.strip(conversation);
        providerRequest = null;
        return news;
    }
}
