package dev.hydra.gateway;

import dev.hydra.Component;
import dev.hydra.keys.Keys;
import dev.hydra.keys.ModelCatalogue;
import dev.hydra.keys.ModelEntry;
import dev.hydra.keys.ModelNames;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** The models that clients can ask for. */
@Component
public final class Models {
    /** Calls that lead to an answer; what a model can only do otherwise (tune, count) is of no use to our clients. */
    private static final Set<String> ANSWERING = Set.of("generateContent", "embedContent", "predict");
    private static final Duration BETWEEN_REFRESHES = Duration.ofSeconds(30);

    private final Keys keys;
    private final ModelCatalogue catalogue;
    private final ModelNames names;
    private final Clock clock;
    private final ReentrantLock refreshing = new ReentrantLock();
    /** Guarded by {@link #refreshing}. */
    private Instant nextRefresh = Instant.MIN;

    @Inject
    Models(Keys keys, ModelCatalogue catalogue, ModelNames names, Clock clock) {
        this.keys = keys;
        this.names = names;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /**
     * Names of all models that some usable key has, and of the operator's aliases for them (product API-9), in order.
     *
     * <p>Asks the provider first when nothing is known yet, which may take seconds: one caller does, and not more often than every 30 s, since each time all
     * keys are checked. The others are answered at once, with nothing.
     */
    public List<String> ids() {
        if (catalogue.trouble().isPresent() && refreshing.tryLock()) {
            try {
                if (!clock.instant().isBefore(nextRefresh)) {
                    keys.refreshModels();
                    nextRefresh = clock.instant().plus(BETWEEN_REFRESHES);
                }
            } finally {
                refreshing.unlock();
            }
        }
        Stream<ModelEntry> own = catalogue.all().stream();
        return Stream.concat(own, aliases()).filter(Models::answers).map(ModelEntry::id).distinct().sorted().toList();
    }

    /** The operator's aliases as models of their own: each is what its first model is that some key has. */
    private Stream<ModelEntry> aliases() {
        return names.aliases().keySet().stream().flatMap(name -> served(name).stream());
    }

    private Optional<ModelEntry> served(String name) {
        return names.resolve(name).stream().flatMap(model -> catalogue.find(Routes.bare(model)).stream()).findFirst()
                .map(model -> new ModelEntry(name, model.displayName(), model.inputTokenLimit(), model.outputTokenLimit(),
                        model.methods()));
    }

    /** What clients of the Gemini API are told of a model. Names as in Gemini's own list. @param methods in order */
    public record Entry(String id, String displayName, long inputTokenLimit, long outputTokenLimit, List<String> methods) {
    }

    /** As {@link #ids}, with what is known of each model, whatever it can do. */
    public List<Entry> entries() {
        ids();
        Map<String, ModelEntry> all = new TreeMap<>();
        aliases().forEach(model -> all.put(model.id(), model));
        catalogue.all().forEach(model -> all.put(model.id(), model));
        return all.values().stream().map(Models::entry).toList();
    }

    /** What is known of one model, or of the one that an alias stands for. @param name with or without a prefix such as {@code models/} */
    public Optional<Entry> entry(String name) {
        ids();
        return known(Routes.bare(name)).map(Models::entry);
    }

    private static Entry entry(ModelEntry model) {
        return new Entry(model.id(), model.displayName(), model.inputTokenLimit(), model.outputTokenLimit(),
                model.methods().stream().sorted().toList());
    }

    /** Why there are no models; empty when there are some. */
    public Optional<String> trouble() {
        return catalogue.trouble();
    }

    private Optional<ModelEntry> known(String bare) {
        return catalogue.find(bare).or(() -> served(bare));
    }

    /** A model's plain name, or an alias, built-in ones included. @param name as a client writes it, with or without a prefix such as {@code models/} */
    public Optional<String> find(String name) {
        String bare = Routes.bare(name);
        ids();
        return known(bare).filter(Models::answers).map(model -> bare);
    }

    private static boolean answers(ModelEntry model) {
        return model.methods().stream().anyMatch(ANSWERING::contains);
    }
}
