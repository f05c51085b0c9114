package dev.hydra.gateway;

import com.electronwill.nightconfig.core.Config;
import com.electronwill.nightconfig.toml.TomlParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Other names for models, so that a client which knows only its own vendor's models gets an answer (product API-9). The defaults are data:
 * {@code model-aliases.toml}. The client is told the name that it asked for; the {@code Hydra-Model} header and the audit name the one used.
 */
final class Aliases {
    private static final String RESOURCE = "model-aliases.toml";

    private final List<Alias> aliases;

    private Aliases(List<Alias> aliases) {
        this.aliases = aliases;
    }

    /** @param pattern a name, in which {@code *} stands for any characters */
    private record Alias(String pattern, String model) {
    }

    /** The built-in defaults. */
    static Aliases builtIn() {
        try (InputStream in = Aliases.class.getClassLoader().getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not in the application");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Aliases in the format of {@code model-aliases.toml}; the first pattern that fits counts. */
    static Aliases parse(String toml) {
        List<Config> entries = new TomlParser().parse(toml).get("alias");
        return new Aliases(entries.stream().map(entry -> new Alias(entry.get("name"), entry.get("model"))).toList());
    }

    /** The model that a name stands for; the name itself when it stands for none. */
    String resolve(String name) {
        for (Alias alias : aliases) {
            if (fits(alias.pattern, 0, name, 0)) {
                return alias.model;
            }
        }
        return name;
    }

    /** Patterns are ours and have few stars, so trying every place for each of them costs little. */
    private static boolean fits(String pattern, int p, String name, int n) {
        int star = pattern.indexOf('*', p);
        if (star < 0) {
            return name.length() - n == pattern.length() - p && name.startsWith(pattern.substring(p), n);
        }
        if (!name.startsWith(pattern.substring(p, star), n)) {
            return false;
        }
        for (int next = n + star - p; next <= name.length(); next++) {
            if (fits(pattern, star + 1, name, next)) {
                return true;
            }
        }
        return false;
    }
}
