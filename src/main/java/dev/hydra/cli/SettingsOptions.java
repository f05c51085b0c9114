package dev.hydra.cli;

import dev.hydra.settings.LoadedSettings;
import dev.hydra.settings.Origin;
import dev.hydra.settings.SettingsLoader;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags that every command has; a flag wins over every other source of its setting. */
final class SettingsOptions {
    @Option(names = "--home", paramLabel = "DIR", description = "Directory of everything that Hydra keeps (HYDRA_HOME; default ~/.hydra).")
    private @Nullable String home;

    @Option(names = "--config", paramLabel = "FILE",
            description = "Settings file (HYDRA_CONFIG; default ./hydra.toml, else hydra.toml in the home directory).")
    private @Nullable String config;

    /** Only what was given. */
    Map<String, String> flags() {
        Map<String, String> flags = new HashMap<>();
        put(flags, "HYDRA_HOME", home);
        put(flags, "HYDRA_CONFIG", config);
        return flags;
    }

    /** The settings in force. @throws dev.hydra.settings.InvalidSettings when there is a mistake in them */
    LoadedSettings load() {
        return load(flags());
    }

    static LoadedSettings load(Map<String, String> flags) {
        return SettingsLoader.ofProcess().with(Origin.FLAG, flags).executable().load();
    }

    static void put(Map<String, String> flags, String name, @Nullable Object value) {
        if (value != null) {
            flags.put(name, value.toString());
        }
    }
}
