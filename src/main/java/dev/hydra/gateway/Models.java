package dev.hydra.gateway;

import dev.hydra.Component;
import dev.hydra.keys.Keys;
import dev.hydra.keys.ModelCatalogue;
import dev.hydra.keys.ModelEntry;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** The models that clients can ask for. */
@Component
public final class Models {
    /** Calls that lead to an answer; what a model can only do otherwise (tune, count) is of no use to our clients. */
    private static final Set<String> ANSWERING = Set.of("generateContent", "embedContent", "predict");
    private static final Duration BETWEEN_REFRESHES = Duration.ofSeconds(30);

    private final Keys keys;
    private final ModelCatalogue catalogue;
    private final Clock clock;
    private final ReentrantLock refreshing = new ReentrantLock();
    /** Guarded by {@link #refreshing}. */
    private Instant nextRefresh = Instant.MIN;

    @Inject
    Models(Keys keys, ModelCatalogue catalogue, Clock clock) {
        this.keys = keys;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /**
     * Names of all models that some usable key has, in order. Asks the provider first when nothing is known yet, which may take seconds:
     * one caller does, and not more often than every 30 s, since each time all keys are checked. The others are answered at once, with nothing.
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
        return catalogue.all().stream().filter(Models::answers).map(ModelEntry::id).sorted().toList();
    }

    /** What clients of the Gemini API are told of a model. Names as in Gemini's own list. @param methods in order */
    public record Entry(String id, String displayName, long inputTokenLimit, long outputTokenLimit, List<String> methods) {
    }

    /** As {@link #ids}, with what is known of each model, whatever it can do. */
    public List<Entry> entries() {
        ids();
        return catalogue.all().stream().map(Models::entry).sorted(Comparator.comparing(Entry::id)).toList();
    }

    /** What is known of one model. @param name with or without a prefix such as {@code models/} */
    public Optional<Entry> entry(String name) {
        ids();
        return catalogue.find(Routes.bare(name)).map(Models::entry);
    }

    private static Entry entry(ModelEntry model) {
        return new Entry(model.id(), model.displayName(), model.inputTokenLimit(), model.outputTokenLimit(),
                model.methods().stream().sorted().toList());
    }

    /** Why there are no models; empty when there are some. */
    public Optional<String> trouble() {
        return catalogue.trouble();
    }

    /** A model's plain name. @param name as a client writes it, with or without a prefix such as {@code models/} */
    public Optional<String> find(String name) {
        String bare = Routes.bare(name);
        return ids().contains(bare) ? Optional.of(bare) : Optional.empty();
    }

    private static boolean answers(ModelEntry model) {
        return model.methods().stream().anyMatch(ANSWERING::contains);
    }
}
