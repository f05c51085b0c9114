package dev.hydra.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Gathers the sources and reads the settings from them. Not safe for use by many threads.
 *
 * <pre>{@code
 * LoadedSettings loaded = SettingsLoader.ofProcess().with(Origin.FLAG, Map.of("HYDRA_PORT", "9000")).load();
 * }</pre>
 */
public final class SettingsLoader {
    private static final String FILE_NAME = "hydra.toml";

    private final Map<Origin, Map<String, String>> sources = new EnumMap<>(Origin.class);
    private final Path workingDirectory;
    private boolean executable;

    SettingsLoader(Path workingDirectory) {
        this.workingDirectory = workingDirectory;
    }

    /** A loader with this process's environment, system properties and working directory. */
    public static SettingsLoader ofProcess() {
        return new SettingsLoader(Path.of(""))
                .with(Origin.ENVIRONMENT, System.getenv())
                .with(Origin.SYSTEM_PROPERTY, SourceTexts.of(System.getProperties()));
    }

    /**
     * Adds a source. Blank texts count as unset; a blank flag unsets what the other sources say.
     *
     * @param texts values by the names of {@link SettingName}; others are ignored, those that begin with {@code HYDRA_} with a warning
     */
    public SettingsLoader with(Origin origin, Map<String, String> texts) {
        sources.put(origin, Map.copyOf(texts));
        return this;
    }

    /** Tells that the executable WAR is being started, which binds its port itself. */
    public SettingsLoader executable() {
        executable = true;
        return this;
    }

    /**
     * Reads {@code hydra.toml} and {@code .env}, and checks every value.
     *
     * @throws InvalidSettings when a value is not allowed, or a file is named that is not there or has unknown keys
     */
    public LoadedSettings load() {
        Map<Origin, Map<String, String>> all = new EnumMap<>(sources);
        SourceTexts early = new SourceTexts(all);
        Optional<Path> config = config(early);
        config.ifPresent(file -> all.put(Origin.FILE, TomlFile.read(file)));
        Path env = config.map(Path::toAbsolutePath).map(Path::getParent).orElse(workingDirectory).resolve(".env");
        if (Files.isRegularFile(env)) {
            all.put(Origin.ENV_FILE, EnvFile.read(env));
        }
        SourceTexts texts = new SourceTexts(all);
        SettingsTree tree = new SettingsTree(texts, workingDirectory, executable);
        return new LoadedSettings(tree.settings(), tree.values(), texts.warnings());
    }

    private Optional<Path> config(SourceTexts texts) {
        Optional<Path> named = texts.find(SettingName.CONFIG).map(workingDirectory::resolve);
        if (named.isPresent() && !Files.isRegularFile(named.get())) {
            throw new InvalidSettings("HYDRA_CONFIG: \"" + named.get() + "\" is not allowed; allowed: the path of an existing file");
        }
        if (named.isPresent()) {
            return named;
        }
        return Stream.of(workingDirectory, texts.get(SettingName.HOME))
                .map(directory -> directory.resolve(FILE_NAME))
                .filter(Files::isRegularFile)
                .findFirst();
    }
}
