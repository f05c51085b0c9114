package dev.hydra.gateway;

import dev.hydra.Component;
import dev.hydra.dialect.ProviderDialect;
import dev.hydra.keys.ModelNames;
import dev.hydra.upstream.Upstream;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Which providers are asked for a model, in which order. */
@Component
public final class Routes {
    private static final List<String> PREFIXES = List.of("models/", "google/", "gemini/");

    private final List<Upstream> upstreams;
    private final Map<String, ProviderDialect> dialects;
    private final UnaryOperator<String> aliases;

    @Inject
    Routes(@Any Instance<Upstream> upstreams, @Any Instance<ProviderDialect> dialects, ModelNames names) {
        this(upstreams.stream().toList(), dialects.stream().toList(), names::resolve);
    }

    Routes(List<Upstream> upstreams, List<ProviderDialect> dialects) {
        this(upstreams, dialects, UnaryOperator.identity());
    }

    /** @param aliases the model that serves a name */
    Routes(List<Upstream> upstreams, List<ProviderDialect> dialects, UnaryOperator<String> aliases) {
        this.upstreams = upstreams;
        this.aliases = aliases;
        this.dialects = dialects.stream().collect(Collectors.toMap(ProviderDialect::id, Function.identity()));
    }

    /** The ways to have {@code model} answered, best first; never empty. @param model as the client wrote it */
    List<Route> candidates(String model) {
        String name = bare(aliases.apply(bare(model)));
        return upstreams.stream().map(upstream -> new Route(upstream, dialects.get(upstream.dialect()), name)).toList();
    }

    /** The model's name without the prefixes by which Google's and others' clients call it (spec mapping §7.5). */
    static String bare(String model) {
        for (String prefix : PREFIXES) {
            if (model.startsWith(prefix)) {
                return model.substring(prefix.length());
            }
        }
        return model;
    }
}
