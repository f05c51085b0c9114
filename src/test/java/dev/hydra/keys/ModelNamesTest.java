package dev.hydra.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.demo.SimulatedGemini;
import dev.hydra.settings.Settings;
import dev.hydra.settings.TestSettings;
import dev.hydra.store.Database;
import dev.hydra.store.Encryption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which model serves a name, and which models share a quota. */
class ModelNamesTest {
    @TempDir
    Path home;
    private final Map<String, String> settings = new HashMap<>();

    private void run(Consumer<KeyDesk> step) {
        Settings all = TestSettings.in(home, settings);
        try (Database database = new Database(all);
                KeyDesk desk = new KeyDesk(all, database, new Encryption(all, database), Clock.systemUTC())) {
            step.accept(desk);
        }
    }

    @ParameterizedTest
    @CsvSource({"gpt-4o, gemini-2.5-flash", "gpt-4o-mini-2024-07-18, gemini-2.5-flash", "gpt-5, gemini-2.5-pro",
        "gpt-5-nano, gemini-2.5-flash-lite",
        "gpt-4o-mini-tts, gemini-2.5-flash-preview-tts", "gpt-image-1, gemini-2.5-flash-image", "o3, gemini-2.5-pro",
        "claude-3-5-haiku-20241022, gemini-flash-lite-latest", "claude-opus-4-1-20250805, gemini-pro-latest",
        "claude-sonnet-4-5[1m], gemini-flash-latest",
        "text-embedding-3-small, gemini-embedding-001", "gemini-9-ultra, gemini-9-ultra", "gemma-3-27b-it, gemma-3-27b-it",
        "gemini-1.5-pro, gemini-1.5-pro"})
    void namesThatClientsHaveBuiltInAreServed(String name, String model) {
        run(desk -> assertThat(desk.names().resolve(name)).containsExactly(model));
    }

    @Test
    void aGeminiNameThatNoKeyHasAnyMoreIsServedByItsSuccessor() {
        try (SimulatedGemini gemini = SimulatedGemini.demo().start()) {
            settings.put("HYDRA_GEMINI_URL", gemini.url().toString());
            run(desk -> {
                desk.keys().add(KeyList.parse("demo-key-1"), "cli");
                desk.keys().refreshModels();
                assertThat(desk.names().resolve("gemini-1.5-pro-002")).containsExactly("gemini-2.5-pro");
                assertThat(desk.names().resolve("gemini-2.0-flash")).containsExactly("gemini-2.5-flash");
                assertThat(desk.names().resolve("gemini-2.5-flash")).containsExactly("gemini-2.5-flash");
                assertThat(desk.names().resolve("gemini-9-ultra")).containsExactly("gemini-9-ultra");
            });
        }
    }

    @Test
    void whatTheOperatorSetsWinsAndOutlivesARestart() throws Exception {
        settings.put("HYDRA_ALIASES", "gpt-4o=from-settings, other=from-settings");
        run(desk -> {
            assertThat(desk.names().resolve("gpt-4o")).containsExactly("from-settings");
            desk.names().setAlias("gpt-4o", List.of("gemini-2.5-pro"));
            assertThat(desk.names().resolve("gpt-4o")).containsExactly("gemini-2.5-pro");
            desk.names().addToGroup("g", List.of("a", "b"));
        });
        run(desk -> {
            assertThat(desk.names().aliases()).isEqualTo(Map.of("gpt-4o", List.of("gemini-2.5-pro"), "other", List.of("from-settings")));
            assertThat(desk.names().groups()).isEqualTo(Map.of("g", Set.of("a", "b")));
            assertThat(desk.names().removeAlias("gpt-4o")).isTrue();
            assertThat(desk.names().resolve("gpt-4o")).containsExactly("from-settings");
            assertThat(desk.names().removeAlias("gpt-4o")).isFalse();
        });
    }

    @Test
    void hydraTomlHasTablesOfThem() throws Exception {
        Files.writeString(home.resolve("hydra.toml"),
                "[aliases]\n\"gpt-4.1\" = \"gemini-2.5-pro\"\nsmart = [\"a\", \"gpt-4o\"]\n"
                        + "[quota_groups]\nflash = [\"gemini-2.5-flash\", \"gemini-2.5-flash-lite\"]\n");
        run(desk -> {
            assertThat(desk.names().resolve("gpt-4.1")).containsExactly("gemini-2.5-pro");
            assertThat(desk.names().resolve("smart")).containsExactly("a", "gemini-2.5-flash");
            assertThat(desk.names().groups()).isEqualTo(Map.of("flash", Set.of("gemini-2.5-flash", "gemini-2.5-flash-lite")));
        });
    }
}
