package dev.hydra.keys;

import com.electronwill.nightconfig.core.Config;
import com.electronwill.nightconfig.toml.TomlParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a project may use of a model, by the defaults in {@code model-limits.toml} (spec mapping §4.4). */
public final class LimitTable {
    private static final String RESOURCE = "model-limits.toml";

    private final List<Family> families;

    private record Family(Pattern models, Limit limit) {
    }

    private LimitTable(List<Family> families) {
        this.families = families;
    }

    /** The built-in defaults. */
    public static LimitTable builtIn() {
        try (InputStream in = LimitTable.class.getClassLoader().getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not in the application");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** No figures at all. */
    static LimitTable none() {
        return new LimitTable(List.of());
    }

    /** Limits in the format of {@code model-limits.toml}; a figure that is missing is unknown. */
    static LimitTable parse(String toml) {
        List<Config> entries = new TomlParser().parse(toml).get("limit");
        return new LimitTable(entries.stream().map(entry -> new Family(pattern(entry.get("models")),
                new Limit(figure(entry, "rpm"), figure(entry, "tpm"), figure(entry, "rpd")))).toList());
    }

    private static long figure(Config entry, String name) {
        return entry.contains(name) ? entry.getLong(name) : Limit.UNKNOWN;
    }

    private static Pattern pattern(String models) {
        return Pattern.compile(Arrays.stream(models.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }

    /** The limit of a model, by its id without {@code models/}; nothing where no pattern matches. */
    public Limit of(String model) {
        return families.stream().filter(family -> family.models.matcher(model).matches()).map(Family::limit).findFirst()
                .orElse(Limit.NONE);
    }

    /** Requests a day that so many projects have together for a model. */
    public long requestsPerDay(String model, int projects) {
        return of(model).rpd() * projects;
    }
}
