package dev.hydra.gateway;

import dev.hydra.Component;
import dev.hydra.dialect.ModelSuffix;
import dev.hydra.dialect.ModelSuffix.Named;
import dev.hydra.dialect.ProviderDialect;
import dev.hydra.keys.ModelCatalogue;
import dev.hydra.keys.ModelNames;
import dev.hydra.upstream.Upstream;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which providers are asked for a model, in which order. */
@Component
public final class Routes {
    private static final List<String> PREFIXES = List.of("models/", "google/", "gemini/");

    private final List<Upstream> upstreams;
    private final Map<String, ProviderDialect> dialects;
    private final Predicate<String> known;
    private final Function<String, List<String>> aliases;

    @Inject
    Routes(@Any Instance<Upstream> upstreams, @Any Instance<ProviderDialect> dialects, ModelCatalogue catalogue, ModelNames names) {
        this(upstreams.stream().toList(), dialects.stream().toList(), model -> catalogue.find(model).isPresent(), names::resolve);
    }

    /** Routes over these providers, in this order, by the models' own names. */
    public static Routes of(List<Upstream> upstreams, List<ProviderDialect> dialects) {
        return new Routes(upstreams, dialects, model -> false, List::of);
    }

    /**
     * @param known   whether some key is known to have a model
     * @param aliases the models that serve a name, best first
     */
    Routes(List<Upstream> upstreams, List<ProviderDialect> dialects, Predicate<String> known, Function<String, List<String>> aliases) {
        this.known = known;
        this.upstreams = upstreams;
        this.aliases = aliases;
        this.dialects = dialects.stream().collect(Collectors.toMap(ProviderDialect::id, Function.identity()));
    }

    /** The ways to have {@code model} answered, best first; never empty. @param model as the client wrote it */
    public List<Route> candidates(String model) {
        Named named = named(bare(model));
        List<Route> routes = new ArrayList<>(1);
        for (String name : aliases.apply(named.model())) {
            for (Upstream upstream : upstreams) {
                routes.add(new Route(upstream, dialects.get(upstream.dialect()), bare(name), named.suffixes()));
            }
        }
        return routes;
    }

    /**
     * The longest beginning of the name that is a known model; what follows are suffixes. Of a name that is not known at all only those are taken off that are
     * no part of any model's own name: {@code gemini-2.5-flash-image} is a model.
     */
    private Named named(String name) {
        Named asked = Named.plain(name);
        for (Optional<Named> next = Optional.of(asked); next.isPresent(); next = next.get().shorter()) {
            if (known.test(next.get().model())) {
                return next.get();
            }
        }
        Named bare = asked;
        for (Optional<Named> next = asked.shorter(); next.isPresent() && !next.get().suffixes().contains(ModelSuffix.IMAGE); next = next
                .get().shorter()) {
            bare = next.get();
        }
        return bare;
    }

    /** The model's name without the prefixes by which Google's and others' clients call it (spec mapping §7.5). */
    public static String bare(String model) {
        for (String prefix : PREFIXES) {
            if (model.startsWith(prefix)) {
                return model.substring(prefix.length());
            }
        }
        return model;
    }
}
