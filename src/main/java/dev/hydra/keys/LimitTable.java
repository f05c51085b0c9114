package dev.hydra.keys;

import com.electronwill.nightconfig.core.CommentedConfig;
import com.electronwill.nightconfig.core.Config;
import com.electronwill.nightconfig.core.io.ParsingException;
import com.electronwill.nightconfig.toml.TomlParser;
import dev.hydra.settings.InvalidSettings;
import dev.hydra.settings.SettingName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What a project may use of a model, by the defaults in {@code model-limits.toml} (spec mapping §4.4). */
public final class LimitTable {
    private static final String RESOURCE = "model-limits.toml";
    private static final Set<String> FIGURES = Set.of("rpm", "tpm", "rpd");

    private final List<Family> families;

    private record Family(NamePattern models, Limit limit) {
    }

    private LimitTable(List<Family> families) {
        this.families = families;
    }

    /** The built-in defaults. */
    public static LimitTable builtIn() {
        return parse(NamePattern.resource(RESOURCE));
    }

    /** The operator's. @throws InvalidSettings when the file cannot be read or an entry is not in order */
    static LimitTable read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw invalid(file, "cannot be read: " + e);
        } catch (ParsingException | IllegalArgumentException e) {
            throw invalid(file, e.getMessage());
        }
    }

    private static InvalidSettings invalid(Path file, String problem) {
        return new InvalidSettings(SettingName.POOL_LIMITS_FILE + ": " + file + ": " + problem);
    }

    /** No figures at all. */
    static LimitTable none() {
        return new LimitTable(List.of());
    }

    /** Limits in the format of {@code model-limits.toml}; a figure that is missing is unknown. */
    static LimitTable parse(String toml) {
        CommentedConfig document = new TomlParser().parse(toml);
        if (!(document.get("limit") instanceof List<?> list) || document.size() > 1 || !list.stream().allMatch(Config.class::isInstance)) {
            throw new IllegalArgumentException("allowed: nothing but tables [[limit]], each with models and rpm, tpm or rpd");
        }
        List<Config> entries = list.stream().map(Config.class::cast).toList();
        entries.forEach(LimitTable::check);
        return new LimitTable(entries.stream().map(entry -> new Family(NamePattern.of(entry.get("models")),
                new Limit(figure(entry, "rpm"), figure(entry, "tpm"), figure(entry, "rpd")))).toList());
    }

    private static void check(Config entry) {
        if (!(entry.get("models") instanceof String)) {
            throw new IllegalArgumentException(
                    "[[limit]]: models: \"" + entry.get("models") + "\" is not allowed; allowed: a model's name, * for any text");
        }
        for (Config.Entry figure : entry.entrySet()) {
            String name = figure.getKey();
            boolean good = FIGURES.contains(name) && figure.getValue() instanceof Number number && number.longValue() >= 0
                    && number.doubleValue() == number.longValue();
            if (!good && !name.equals("models")) {
                throw new IllegalArgumentException("[[limit]] of " + entry.get("models") + ": " + name + ": \"" + figure.getValue()
                        + "\" is not allowed; allowed: rpm, tpm or rpd with a whole number from 0");
            }
        }
    }

    private static long figure(Config entry, String name) {
        return entry.contains(name) ? entry.<Number>get(name).longValue() : Limit.UNKNOWN;
    }

    /** The limit of a model, by its id without {@code models/}; nothing where no pattern matches. */
    public Limit of(String model) {
        return families.stream().filter(family -> family.models.matches(model)).map(Family::limit).findFirst()
                .orElse(Limit.NONE);
    }

    /** Requests a day that so many projects have together for a model. */
    public long requestsPerDay(String model, int projects) {
        return of(model).rpd() * projects;
    }
}
