package dev.hydra.keys;

import dev.hydra.secret.Fingerprint;
import dev.hydra.secret.Secret;
import dev.hydra.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A configured place that keys come from, as it is now.
 *
 * @param name   {@code environment} or {@code file:} and the absolute path, without spaces
 * @param keys   what it holds
 * @param hashes of the keys
 */
record Source(String name, KeyList keys, Set<String> hashes) {
    static final String ENVIRONMENT = "environment";
    private static final int VERSION_LENGTH = 16;

    /** The configured ones. */
    static List<Source> of(Settings.Gemini settings) {
        List<Source> sources = new ArrayList<>();
        sources.add(of(ENVIRONMENT, KeyList.of(settings.keys())));
        settings.keysFile().ifPresent(file -> sources.add(of(name(file), KeyList.read(file))));
        return sources;
    }

    static Source of(String name, KeyList keys) {
        return new Source(name, keys,
                keys.keys().stream().map(key -> Fingerprint.hash(key.secret())).collect(Collectors.toUnmodifiableSet()));
    }

    static String name(Path file) {
        return "file:" + file.toAbsolutePath().normalize().toString().replace(' ', '_');
    }

    /** Name and content in one word: another one as soon as a key comes or goes. */
    String version() {
        String all = hashes.stream().sorted().collect(Collectors.joining("\n"));
        return name + '=' + Fingerprint.hash(Secret.of(all)).substring(0, VERSION_LENGTH);
    }
}
