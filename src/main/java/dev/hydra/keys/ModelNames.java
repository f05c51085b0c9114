package dev.hydra.keys;

import dev.hydra.Component;
import dev.hydra.settings.Settings;
import dev.hydra.store.Database;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Aliases of models and groups of models that share a quota. Built-in aliases, then those of {@code hydra.toml}, then those that were set by command or
 * admin API, which are stored; later ones win. Reading never waits. Changes hold at once, in this process.
 */
@Component
public final class ModelNames {
    private static final String SEPARATOR = "\\|";
    private static final String ALLOWED = "allowed: 1 to " + KeyPool.LONGEST_MODEL_NAME
            + " printable ASCII characters without spaces and commas";

    private final Database database;
    private final SharedState state;
    private final ModelCatalogue catalogue;
    private final Settings.Pool settings;
    private final ChangeCount changes;
    private final AliasTable builtIn = AliasTable.builtIn();
    private volatile Map<String, String> aliases = Map.of();
    private volatile Map<String, String> groups = Map.of();

    /** Only the built-in ones until {@link #open}. */
    @Inject
    public ModelNames(Settings settings, Database database, SharedState state, ModelCatalogue catalogue) {
        this.settings = settings.pool();
        this.database = database;
        this.changes = new ChangeCount(database, ChangeCount.NAMES);
        this.state = state;
        this.catalogue = catalogue;
    }

    /** Reads what is stored and tells the pool its groups. */
    public synchronized void open() {
        List<NameRow> rows = database.call(manager -> manager.createQuery("select n from NameRow n", NameRow.class).getResultList());
        Map<String, String> named = new HashMap<>(settings.aliases());
        Map<String, String> grouped = new HashMap<>(settings.groups());
        rows.forEach(row -> (row.kind == NameRow.Kind.ALIAS ? named : grouped).put(row.name, row.target));
        aliases = Map.copyOf(named);
        groups = Map.copyOf(grouped);
        state.regroup(groups);
    }

    /** Takes over what other nodes on the same database, or commands, have changed. */
    void reread() {
        if (changes.isNews()) {
            open();
        }
    }

    /** The models that serve a name, best first; the name itself where it is no alias. An operator's alias may name another alias, one step far. */
    public List<String> resolve(String name) {
        String set = aliases.get(name);
        return set == null ? List.of(model(name)) : split(set).stream().map(this::model).distinct().toList();
    }

    private String model(String model) {
        if (catalogue.find(model).isPresent() || model.startsWith("gemini") && catalogue.trouble().isPresent()) {
            // As long as no key was asked for its models, a Gemini name is taken at its word.
            return model;
        }
        return builtIn.find(model).orElse(model);
    }

    private static List<String> split(String models) {
        return Arrays.stream(models.split(SEPARATOR)).filter(model -> !model.isEmpty()).toList();
    }

    /** Aliases that the operator has set: models by name, in the order in which they are tried. */
    public SortedMap<String, List<String>> aliases() {
        SortedMap<String, List<String>> all = new TreeMap<>();
        aliases.forEach((name, models) -> all.put(name, split(models)));
        return all;
    }

    /** Sets or changes an alias. @param models in the order in which they are tried. @throws InvalidEntry when a name is not one */
    public void setAlias(String name, List<String> models) {
        check("name", name);
        models.forEach(model -> check("model", model));
        String all = String.join("|", models);
        if (models.isEmpty() || models.size() > 1 && all.length() > KeyPool.LONGEST_MODEL_NAME) {
            throw InvalidEntry.of("model", all, "1 or more names of together at most " + KeyPool.LONGEST_MODEL_NAME + " characters");
        }
        if (models.contains(name) && models.size() == 1) {
            throw InvalidEntry.of("model", name, "another name than the alias's own");
        }
        store(List.of(new NameRow(NameRow.Kind.ALIAS, name, all)));
    }

    /** Removes an alias that was set by command or admin API. @return whether there was one */
    public boolean removeAlias(String name) {
        return delete(NameRow.Kind.ALIAS, "name", name);
    }

    /** The quota groups: models by the group's name. */
    public SortedMap<String, SortedSet<String>> groups() {
        return groups.entrySet().stream().collect(Collectors.groupingBy(Map.Entry::getValue, TreeMap::new,
                Collectors.mapping(Map.Entry::getKey, Collectors.toCollection(TreeSet::new))));
    }

    /** Puts models into a group; they leave the one that they were in. @throws InvalidEntry when a name is not one, or no model is named */
    public void addToGroup(String name, Collection<String> models) {
        check("name", name);
        if (models.isEmpty()) {
            throw new InvalidEntry("models", "models: none is not allowed; allowed: at least one model's name");
        }
        models.forEach(model -> check("models", model));
        store(models.stream().map(model -> new NameRow(NameRow.Kind.GROUP, model, name)).toList());
    }

    /** Removes a group that was set by command or admin API; each of its models has its own quota again. @return whether there was one */
    public boolean removeGroup(String name) {
        return delete(NameRow.Kind.GROUP, "target", name);
    }

    private void store(List<NameRow> rows) {
        changes.counted(database.call(manager -> {
            long version = changes.count(manager);
            rows.forEach(manager::merge);
            return version;
        }));
        open();
    }

    private boolean delete(NameRow.Kind kind, String column, String text) {
        int deleted = database.call(manager -> {
            changes.count(manager);
            return manager.createQuery("delete from NameRow n where n.kind = :kind and n." + column + " = :text")
                    .setParameter("kind", kind).setParameter("text", text).executeUpdate();
        });
        open();
        return deleted > 0;
    }

    private static void check(String field, String name) {
        if (name.isEmpty() || name.length() > KeyPool.LONGEST_MODEL_NAME || !KeyPool.isPlain(name) || name.indexOf(',') >= 0) {
            throw new InvalidEntry(field, field + ": \"" + RestRow.cut(name, KeyPool.LONGEST_MODEL_NAME) + "\" is not allowed; " + ALLOWED);
        }
    }
}
