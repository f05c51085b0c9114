package dev.hydra.settings;

import com.electronwill.nightconfig.core.UnmodifiableConfig;
import com.electronwill.nightconfig.core.io.ParsingException;
import com.electronwill.nightconfig.toml.TomlParser;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads {@code hydra.toml} as names and texts. The one rule: tables and keys are joined by {@code _} in capitals, so that
 * {@code [pool] wait = 20} is {@code HYDRA_POOL_WAIT}. An unknown key is an error: nobody reads a warning about a setting that silently
 * does nothing.
 */
final class TomlFile {
    private static final String GROUPS = "quota_groups";
    private static final String CAPS = "caps";
    private static final Set<String> TABLES = Set.of("aliases", GROUPS);

    private final Path file;
    private final Map<String, SettingName<?>> known;
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    private TomlFile(Path file) {
        this.file = file;
        this.known = SettingName.ALL.stream()
                .filter(name -> name != SettingName.CONFIG)
                .collect(Collectors.toMap(name -> name.tomlName().toUpperCase(Locale.ROOT).replace('.', '_'), name -> name));
    }

    /** @throws InvalidSettings when the file cannot be read, is not TOML, or has unknown keys */
    static Map<String, String> read(Path file) {
        TomlFile toml = new TomlFile(file);
        try (Reader reader = Files.newBufferedReader(file)) {
            toml.flatten("", new TomlParser().parse(reader));
        } catch (IOException e) {
            throw new InvalidSettings(file + " cannot be read: " + e);
        } catch (ParsingException e) {
            throw new InvalidSettings(file + " is not TOML: " + e.getMessage());
        }
        if (!toml.problems.isEmpty()) {
            throw new InvalidSettings(toml.problems.stream().sorted().toList());
        }
        return toml.texts;
    }

    private void flatten(String path, UnmodifiableConfig table) {
        for (UnmodifiableConfig.Entry entry : table.entrySet()) {
            String whole = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
            Object value = entry.getValue();
            if (path.isEmpty() && value instanceof UnmodifiableConfig records && entry.getKey().equals(CAPS)) {
                records(CAPS, records);
            } else if (path.isEmpty() && value instanceof UnmodifiableConfig pairs && TABLES.contains(entry.getKey())) {
                pairs(entry.getKey(), pairs);
            } else if (value instanceof UnmodifiableConfig inner) {
                flatten(whole, inner);
            } else {
                add(whole, value);
            }
        }
    }

    /** {@code alias = "model"} or {@code alias = ["model", "model"]}, or {@code group = ["model", "model"]} the other way round: the setting's text. */
    private void pairs(String table, UnmodifiableConfig pairs) {
        List<String> texts = new ArrayList<>();
        for (UnmodifiableConfig.Entry entry : pairs.entrySet()) {
            switch (entry.<Object>getValue()) {
                case String model when !table.equals(GROUPS) -> texts.add(entry.getKey() + "=" + model);
                case List<?> models when !table.equals(GROUPS) && !models.isEmpty() ->
                    texts.add(entry.getKey() + "=" + models.stream().map(String::valueOf).collect(Collectors.joining("|")));
                case List<?> models when table.equals(GROUPS) -> models.forEach(model -> texts.add(model + "=" + entry.getKey()));
                case Object other ->
                    problems.add(file + ": " + table + "." + entry.getKey() + ": \"" + other + "\" is not allowed; allowed: "
                            + (table.equals(GROUPS) ? "a list of models" : "a model's name or a list of models"));
            }
        }
        add(table, texts);
    }

    /** {@code [caps.name]} with fields, as the text of the one setting. */
    private void records(String table, UnmodifiableConfig records) {
        List<String> texts = new ArrayList<>();
        for (UnmodifiableConfig.Entry entry : records.entrySet()) {
            String place = file + ": " + table + "." + entry.getKey();
            if (!(entry.<Object>getValue() instanceof UnmodifiableConfig fields)) {
                problems.add(place + ": \"" + entry.getValue() + "\" is not allowed; allowed: a table with fields");
                continue;
            }
            List<String> pairs = new ArrayList<>();
            for (UnmodifiableConfig.Entry field : fields.entrySet()) {
                String text = String.valueOf(field.<Object>getValue());
                if (!text.matches("[^\\s,;=]+")) {
                    problems.add(place + "." + field.getKey() + ": \"" + text + "\" is not allowed; allowed: one word or number");
                }
                pairs.add(field.getKey() + "=" + text);
            }
            texts.add(entry.getKey() + ": " + String.join(" ", pairs));
        }
        add(table, String.join("; ", texts));
    }

    private void add(String path, Object value) {
        SettingName<?> name = known.get(path.toUpperCase(Locale.ROOT).replace('.', '_'));
        if (name == null) {
            List<String> names = SettingName.ALL.stream().map(SettingName::tomlName).toList();
            problems.add(file + ": " + path + " is not a setting" + Neighbours.hint(path, names));
            return;
        }
        texts.put(name.text(), switch (value) {
            case List<?> list -> list.stream().map(String::valueOf).collect(Collectors.joining(","));
            case Object single -> single.toString();
        });
    }
}
