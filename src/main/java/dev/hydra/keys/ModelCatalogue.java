package dev.hydra.keys;

import dev.hydra.Component;
import dev.hydra.secret.Fingerprint;
import dev.hydra.secret.Secret;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The models of all usable keys together, as their last successful check told; a failed check changes nothing. Reading it never waits: who refreshes it
 * is {@link Keys#refreshModels}.
 */
@Component
public final class ModelCatalogue {
    private static final int ID_LENGTH = 32;

    private final KeyStore store;
    private final Map<String, List<ModelEntry>> lists = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> names = new ConcurrentHashMap<>();
    private volatile Set<String> used = Set.of();
    private volatile Map<String, ModelEntry> union = Map.of();
    private volatile String trouble = "No key has been asked for its models yet.";

    /** Starts with what is stored. */
    @Inject
    public ModelCatalogue(KeyStore store) {
        this.store = store;
        store.lists().forEach(this::learn);
    }

    /** All models by id. Empty as long as no key could be asked; {@link #trouble} says why. */
    public List<ModelEntry> all() {
        return List.copyOf(union.values());
    }

    /** A model by its id, with or without {@code models/}. */
    public Optional<ModelEntry> find(String id) {
        return Optional.ofNullable(union.get(id.startsWith("models/") ? id.substring("models/".length()) : id));
    }

    /** Why there are no models; empty when there are some. */
    public Optional<String> trouble() {
        return trouble.isEmpty() || !union.isEmpty() ? Optional.empty() : Optional.of(trouble);
    }

    void trouble(String message) {
        trouble = message;
    }

    /** Keeps a list of models. @return its id; the same for the same models */
    String keep(Collection<ModelEntry> models) {
        Set<String> texts = new TreeSet<>();
        models.forEach(model -> texts
                .add(model.id() + '|' + model.displayName() + '|' + model.inputTokenLimit() + '|' + model.outputTokenLimit() + '|'
                        + new TreeSet<>(model.methods())));
        String id = Fingerprint.hash(Secret.of(String.join("\n", texts))).substring(0, ID_LENGTH);
        if (!lists.containsKey(id)) {
            store.saveList(id, models);
            learn(id, List.copyOf(models));
        }
        return id;
    }

    /** Reads lists that another node has stored. */
    void reread(Collection<String> listIds) {
        if (!lists.keySet().containsAll(listIds)) {
            store.lists().forEach(this::learn);
        }
    }

    private void learn(String id, List<ModelEntry> models) {
        names.put(id, models.stream().map(ModelEntry::id).collect(Collectors.toUnmodifiableSet()));
        lists.put(id, models);
    }

    /** Names of the models in a list; empty when there is no such list. */
    Optional<Set<String>> names(String listId) {
        return Optional.ofNullable(names.get(listId));
    }

    /** Which lists count from now on: those of the usable keys. */
    void use(Collection<String> listIds) {
        Map<String, ModelEntry> models = new TreeMap<>(Comparator.naturalOrder());
        Set<String> ids = Set.copyOf(listIds);
        for (String id : ids) {
            lists.getOrDefault(id, List.of()).forEach(model -> models.putIfAbsent(model.id(), model));
        }
        union = models;
        used = ids;
    }

    /** Whether a list counts now. */
    boolean uses(String listId) {
        return used.contains(listId);
    }

    /** Forgets the lists that no key has. */
    void retain(Collection<String> listIds) {
        Set<String> surplus = new HashSet<>(lists.keySet());
        surplus.removeAll(listIds);
        store.deleteLists(surplus);
        lists.keySet().removeAll(surplus);
        names.keySet().removeAll(surplus);
    }
}
