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
public final class DailyCapacity {
    private static final String RESOURCE = "model-limits.toml";

    private final List<Family> families;

    /**
     * Limits of one project for one model.
     *
     * @param rpm requests a minute
     * @param tpm tokens a minute
     * @param rpd requests a day, from midnight to midnight in America/Los_Angeles
     */
    public record Limit(long rpm, long tpm, long rpd) {
    }

    private record Family(Pattern models, Limit limit) {
    }

    private DailyCapacity(List<Family> families) {
        this.families = families;
    }

    /** The built-in defaults. */
    public static DailyCapacity builtIn() {
        try (InputStream in = DailyCapacity.class.getClassLoader().getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not in the application");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Limits in the format of {@code model-limits.toml}; its last pattern must be {@code *}. */
    static DailyCapacity parse(String toml) {
        List<Config> entries = new TomlParser().parse(toml).get("limit");
        return new DailyCapacity(entries.stream().map(entry -> new Family(pattern(entry.get("models")),
                new Limit(entry.getLong("rpm"), entry.getLong("tpm"), entry.getLong("rpd")))).toList());
    }

    private static Pattern pattern(String models) {
        return Pattern.compile(Arrays.stream(models.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }

    /** The limit of a model, by its id without {@code models/}. */
    public Limit of(String model) {
        return families.stream().filter(family -> family.models.matcher(model).matches()).map(Family::limit).findFirst()
                .orElseThrow(() -> new IllegalStateException("no pattern matches " + model));
    }

    /** Requests a day that so many projects have together for a model. */
    public long requestsPerDay(String model, int projects) {
        return of(model).rpd() * projects;
    }
}
