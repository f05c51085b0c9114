package dev.hydra.keys;

import com.electronwill.nightconfig.core.Config;
import com.electronwill.nightconfig.toml.TomlParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The built-in aliases, in {@code model-aliases.toml}. */
final class AliasTable {
    private static final String RESOURCE = "model-aliases.toml";

    private final List<Entry> entries;

    private record Entry(NamePattern names, String model) {
    }

    private AliasTable(List<Entry> entries) {
        this.entries = entries;
    }

    static AliasTable builtIn() {
        List<Config> tables = new TomlParser().parse(NamePattern.resource(RESOURCE)).get("alias");
        List<Entry> entries = new ArrayList<>();
        for (Config table : tables) {
            for (String names : table.<List<String>>get("names")) {
                entries.add(new Entry(NamePattern.of(names), table.get("model")));
            }
        }
        return new AliasTable(entries);
    }

    /** The model for a name. */
    Optional<String> find(String name) {
        return entries.stream().filter(entry -> entry.names.matches(name)).map(Entry::model).findFirst();
    }
}
