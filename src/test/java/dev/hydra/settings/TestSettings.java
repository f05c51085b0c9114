package dev.hydra.settings;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Settings for tests: the defaults, with everything kept in a directory of the test and nothing of the machine's environment. */
public final class TestSettings {
    private TestSettings() {
    }

    /** Embedded defaults: an H2 file and an encryption key file in {@code home}; any free port. */
    public static Settings in(Path home) {
        return in(home, Map.of());
    }

    /** As {@link #in(Path)}, with other values by the names of {@link SettingName}. */
    public static Settings in(Path home, Map<String, String> texts) {
        Map<String, String> all = new HashMap<>(Map.of("HYDRA_HOME", home.toString(), "HYDRA_PORT", "0"));
        all.putAll(texts);
        return new SettingsLoader(home).with(Origin.FLAG, all).load().settings();
    }
}
