package dev.hydra.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletContext;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployedSettingsTest {
    @TempDir
    private Path home;

    @Test
    void initParametersWinOverTheEnvironment() {
        LoadedSettings loaded = DeployedSettings.load(loader(), application(Map.of("HYDRA_PORT", "2"), Map.of()));
        assertThat(loaded.settings().server()).satisfies(server -> {
            assertThat(server.port()).isEqualTo(2);
            assertThat(server.executable()).as("nobody but the executable knows how it is bound").isFalse();
        });
        assertThat(loaded.values()).contains(new Setting(SettingName.PORT, "2", Origin.DEPLOYMENT));
    }

    @Test
    void flagsOfTheExecutableWinOverAll() {
        Map<String, Object> attributes = Map.of(DeployedSettings.ATTRIBUTE, Map.of("HYDRA_PORT", "3", "JAVA_HOME", "/java",
                "HYDRA_UNKNOWN", "x"));
        LoadedSettings loaded = DeployedSettings.load(loader(), application(Map.of("HYDRA_PORT", "2"), attributes));
        assertThat(loaded.settings().server().port()).isEqualTo(3);
        assertThat(loaded.settings().server().executable()).isTrue();
        assertThat(loaded.warnings()).isEmpty();
    }

    @Test
    void beforeTheStartThereAreNone() {
        assertThatThrownBy(() -> new DeployedSettings().settings()).isInstanceOf(IllegalStateException.class);
    }

    private SettingsLoader loader() {
        return new SettingsLoader(home).with(Origin.ENVIRONMENT, Map.of("HYDRA_HOME", home.toString(), "HYDRA_PORT", "1"));
    }

    private static ServletContext application(Map<String, String> parameters, Map<String, Object> attributes) {
        return (ServletContext) Proxy.newProxyInstance(DeployedSettingsTest.class.getClassLoader(), new Class<?>[] {ServletContext.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getInitParameter" -> parameters.get(arguments[0]);
                    case "getAttribute" -> attributes.get(arguments[0]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
