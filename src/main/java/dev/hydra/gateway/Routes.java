package dev.hydra.gateway;

import dev.hydra.Component;
import dev.hydra.dialect.ProviderDialect;
import dev.hydra.upstream.Upstream;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which providers are asked for a model, in which order. */
@Component
public final class Routes {
    private static final List<String> PREFIXES = List.of("models/", "google/", "gemini/");

    private final List<Upstream> upstreams;
    private final Map<String, ProviderDialect> dialects;
    private final Aliases aliases = Aliases.builtIn();

    @Inject
    Routes(@Any Instance<Upstream> upstreams, @Any Instance<ProviderDialect> dialects) {
        this(upstreams.stream().toList(), dialects.stream().toList());
    }

    /** Routes over these providers, in this order. */
    public static Routes of(List<Upstream> upstreams, List<ProviderDialect> dialects) {
        return new Routes(upstreams, dialects);
    }

    Routes(List<Upstream> upstreams, List<ProviderDialect> dialects) {
        this.upstreams = upstreams;
        this.dialects = dialects.stream().collect(Collectors.toMap(ProviderDialect::id, Function.identity()));
    }

    /** The ways to have {@code model} answered, best first; never empty. @param model as the client wrote it */
    public List<Route> candidates(String model) {
        String name = aliases.resolve(bare(model));
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
