package dev.hydra.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydra.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsLoaderTest {
    @TempDir
    private Path directory;

    @Test
    void defaultsAreThoseOfTheTable() {
        Settings settings = load(Map.of()).settings();
        assertThat(settings.server()).isEqualTo(new Settings.Server("127.0.0.1", 8000, List.of(), false));
        assertThat(settings.encryption().file()).isEqualTo(directory.resolve("home/secret.key"));
        assertThat(settings.pool()).isEqualTo(
                new Settings.Pool(Settings.Strategy.BALANCED, 0, Settings.LimitMode.ENFORCE, Duration.ofSeconds(20), 3, 3));
        assertThat(settings.timeouts()).isEqualTo(new Settings.Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(30),
                Duration.ofSeconds(300),
                Duration.ofSeconds(60), Duration.ofSeconds(300), Duration.ofSeconds(20)));
        assertThat(settings.limits().body()).isEqualTo(104_857_600);
        assertThat(settings.limits().inFlight()).isGreaterThanOrEqualTo(104_857_600);
        assertThat(settings.limits().depth()).isEqualTo(128);
        assertThat(settings.media()).isEqualTo(new Settings.Media(List.of(), 52_428_800, Duration.ofSeconds(20)));
        assertThat(settings.audit()).isEqualTo(new Settings.Audit(Duration.ofSeconds(1), 10_000));
        assertThat(settings.admin().allow()).containsExactly(Cidr.parse("127.0.0.0/8"), Cidr.parse("::1"));
        assertThat(settings.gemini().keysFile()).isEmpty();
        assertThat(settings.database().url()).isEmpty();
    }

    @Test
    void laterSourcesWin() throws IOException {
        write("hydra.toml",
                "port = 1\nhost = '::'\nstrict = true\n[pool]\nwait = 30\nfailure_threshold = 4\n[audit]\nqueue = 500\n"
                        + "[log]\nlevel = 'debug'\n");
        write(".env", "HYDRA_PORT=2\nHYDRA_AUDIT_QUEUE=600\nHYDRA_LOG_LEVEL=\n");
        LoadedSettings loaded = loader()
                .with(Origin.ENVIRONMENT, Map.of("HYDRA_PORT", "3", "HYDRA_HOME", directory.resolve("home").toString(), "HYDRA_HOST", " "))
                .with(Origin.SYSTEM_PROPERTY, Map.of("HYDRA_PORT", "4", "HYDRA_STRICT", "false"))
                .with(Origin.DEPLOYMENT, Map.of("HYDRA_PORT", "5"))
                .with(Origin.FLAG, Map.of("HYDRA_PORT", "6"))
                .load();
        Settings settings = loaded.settings();
        assertThat(settings.server().port()).isEqualTo(6);
        assertThat(settings.server().host()).isEqualTo("::");
        assertThat(settings.strict()).isFalse();
        assertThat(settings.pool().longestWait()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.pool().failureThreshold()).isEqualTo(4);
        assertThat(settings.audit().queue()).isEqualTo(600);
        assertThat(settings.logLevel()).isEqualTo("DEBUG");
        assertThat(loaded.values()).contains(new Setting(SettingName.PORT, "6", Origin.FLAG), new Setting(SettingName.HOST, "::",
                Origin.FILE),
                new Setting(SettingName.AUDIT_QUEUE, "600", Origin.ENV_FILE), new Setting(SettingName.STRICT, "false",
                        Origin.SYSTEM_PROPERTY),
                new Setting(SettingName.TIMEOUT_TOTAL, "300s", Origin.DEFAULT));
    }

    @Test
    void everySettingHasATomlNameOfItsOwn() throws IOException {
        StringBuilder toml = new StringBuilder();
        SettingName.ALL.stream().filter(name -> name != SettingName.CONFIG && !name.byDefault().isEmpty())
                .forEach(name -> toml.append(name.tomlName()).append(" = \"").append(name.byDefault()).append("\"\n"));
        write("hydra.toml", toml.toString());
        assertThat(TomlFile.read(directory.resolve("hydra.toml"))).hasSize((int) toml.chars().filter(c -> c == '\n').count())
                .containsEntry("HYDRA_POOL_FAILURE_THRESHOLD", "3").containsEntry("HYDRA_TIMEOUT_TOTAL", "300s");
    }

    @Test
    void anUnknownKeyOfTheFileStopsTheStartAndNamesItsNeighbours() throws IOException {
        write("hydra.toml", "[pool]\nstrateggy = 'balanced'\n[nothing]\nlike = 1\n");
        assertThatThrownBy(() -> load(Map.of())).isInstanceOf(InvalidSettings.class).hasMessage(
                directory.resolve("hydra.toml") + ": nothing.like is not a setting\n"
                        + directory.resolve("hydra.toml") + ": pool.strateggy is not a setting; did you mean pool.strategy?");
    }

    @Test
    void anUnknownNameOfTheEnvironmentIsAWarning() {
        assertThat(load(Map.of("HYDRA_PROT", "1", "OTHER", "x", "HYDRA_NOTHING_LIKE_IT", "secret")).warnings()).containsExactly(
                "HYDRA_NOTHING_LIKE_IT (environment) is not a setting and does nothing",
                "HYDRA_PROT (environment) is not a setting and does nothing; did you mean HYDRA_PORT or HYDRA_HOST?");
    }

    @Test
    void allMistakesAreToldAtOnce() {
        assertThatThrownBy(() -> load(Map.of("HYDRA_PORT", "abc", "HYDRA_POOL_STRATEGY", "random", "HYDRA_AUDIT_FLUSH", "0s")))
                .isInstanceOf(InvalidSettings.class)
                .hasMessage("""
                        HYDRA_PORT: "abc" is not allowed; allowed: a whole number from 0 to 65535 (set by: environment)
                        HYDRA_POOL_STRATEGY: "random" is not allowed; allowed: balanced, sequential (set by: environment)
                        HYDRA_AUDIT_FLUSH: "0s" is not allowed; allowed: a time above zero such as 500ms, 20s, 5m or 1h; \
                        a number alone is seconds \
                        (set by: environment)""");
    }

    @ParameterizedTest
    @CsvSource({
        "HYDRA_PORT, 65536", "HYDRA_PORT, -1", "HYDRA_POOL_TOLERANCE, 1.1", "HYDRA_POOL_TOLERANCE, NaN", "HYDRA_POOL_WAIT, 5 days",
        "HYDRA_POOL_WAIT, -1s",
        "HYDRA_LIMIT_BODY, 0", "HYDRA_LIMIT_BODY, 99999999999999GB", "HYDRA_LIMIT_BODY, 999999999999GB", "HYDRA_LIMIT_IN_FLIGHT, 1MB",
        "HYDRA_GEMINI_URL, generativelanguage.googleapis.com", "HYDRA_GEMINI_URL, https://host/path", "HYDRA_GEMINI_URL, ftp://host",
        "HYDRA_PUBLIC_URL, https://user:pass@host", "HYDRA_TRUSTED_PROXIES, proxy.local", "HYDRA_STRICT, maybe", "HYDRA_LOG_LEVEL, LOUD",
        "HYDRA_DB_URL, postgresql://host/db", "HYDRA_CONFIG, nowhere.toml"
    })
    void whatIsNotAllowedIsRefused(String name, String text) {
        assertThatThrownBy(() -> load(Map.of(name, text))).isInstanceOf(InvalidSettings.class).hasMessageStartingWith(name + ": \"")
                .hasMessageContaining(" is not allowed; allowed: ");
    }

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "20s, PT20S", "5m, PT5M", "2h, PT2H", "7, PT7S", "0, PT0S"})
    void durations(String text, Duration expected) {
        assertThat(load(Map.of("HYDRA_POOL_WAIT", text)).settings().pool().longestWait()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"12, 12", "1KB, 1024", "2 MiB, 2097152", "100mb, 104857600", "3g, 3221225472"})
    void sizes(String text, long expected) {
        assertThat(load(Map.of("HYDRA_MEDIA_MAX_BYTES", text)).settings().media().maxBytes()).isEqualTo(expected);
    }

    @Test
    void keysComeFromAllNamesOnceAndInOrder() {
        Settings settings = load(Map.of("GEMINI_API_KEYS", " k1,k2\n k3 , k1", "GEMINI_API_KEY", "k4", "GEMINI_API_KEY_10", "k6",
                "GEMINI_API_KEY_2", "k5",
                "GEMINI_API_KEY_11", "k2", "GEMINI_API_KEY_12", "")).settings();
        assertThat(settings.gemini().keys()).extracting(Secret::reveal).containsExactly("k1", "k2", "k3", "k4", "k5", "k6");
    }

    @Test
    void aFlagWinsOverNumberedKeysAndABlankOneUnsets() {
        Map<String, String> all = Map.of("HYDRA_HOME", directory.resolve("home").toString(), "GEMINI_API_KEY_1", "k1",
                "HYDRA_DB_USER", "app");
        Settings settings = loader().with(Origin.ENVIRONMENT, all)
                .with(Origin.FLAG, Map.of("GEMINI_API_KEYS", "flag", "HYDRA_DB_USER", "")).load().settings();
        assertThat(settings.gemini().keys()).extracting(Secret::reveal).containsExactly("flag");
        assertThat(settings.database().user()).isEmpty();
    }

    @Test
    void secretsAreNeverShown() {
        LoadedSettings loaded = load(Map.of("GEMINI_API_KEYS", "hidden-1", "HYDRA_ADMIN_PASSWORD", "hidden-2", "HYDRA_DB_PASSWORD",
                "hidden-3",
                "HYDRA_SECRET", "hidden-4"));
        assertThat(loaded.toString()).doesNotContain("hidden").contains("****");
        assertThat(loaded.settings().admin().password()).isEqualTo(Secret.of("hidden-2"));
    }

    @ParameterizedTest
    @CsvSource({"jdbc:postgresql://host/db?user=u&password=hidden?;, jdbc:postgresql://host/db…",
        "jdbc:h2:file:/x;PASSWORD=hidden?, jdbc:h2:file:/x…",
        "jdbc:postgresql://host/db, jdbc:postgresql://host/db"})
    void aPasswordInTheDatabasesAddressIsNotShown(String url, String shown) {
        LoadedSettings loaded = load(Map.of("HYDRA_DB_URL", url));
        assertThat(loaded.values()).contains(new Setting(SettingName.DB_URL, shown, Origin.ENVIRONMENT));
        assertThat(loaded.settings().database().url()).contains(url);
        assertThatThrownBy(() -> load(Map.of("HYDRA_DB_URL", url.substring(5)))).hasMessageNotContaining("hidden");
    }

    @Test
    void pathsAreAbsoluteAndKeysJsonIsFound() throws IOException {
        write("keys.json", "[]");
        Settings settings = load(Map.of("HYDRA_SECRET_FILE", "inner/../other.key")).settings();
        assertThat(settings.encryption().file()).isEqualTo(directory.resolve("other.key"));
        assertThat(settings.gemini().keysFile()).contains(directory.resolve("keys.json"));
    }

    @Test
    void theFileInTheHomeIsReadWhereTheWorkingDirectoryHasNone() throws IOException {
        Files.createDirectories(directory.resolve("home"));
        write("home/hydra.toml", "port = 81");
        write("home/.env", "HYDRA_HOST=0.0.0.0");
        Settings settings = load(Map.of()).settings();
        assertThat(settings.server().port()).isEqualTo(81);
        assertThat(settings.server().host()).isEqualTo("0.0.0.0");
    }

    @Test
    void listsOfTheFileAreLists() throws IOException {
        write("hydra.toml", "admin.allow = ['10.0.0.0/8', '::1']\ngemini_api_keys = ['a', 'b']\n");
        Settings settings = load(Map.of()).settings();
        assertThat(settings.admin().allow()).containsExactly(Cidr.parse("10.0.0.0/8"), Cidr.parse("::1"));
        assertThat(settings.gemini().keys()).extracting(Secret::reveal).containsExactly("a", "b");
    }

    @Test
    void whatIsNotTomlIsRefused() throws IOException {
        write("hydra.toml", "port = = 1");
        assertThatThrownBy(() -> load(Map.of())).isInstanceOf(InvalidSettings.class)
                .hasMessageStartingWith(directory.resolve("hydra.toml") + " is not TOML: ");
    }

    @Test
    void envFileForms() throws IOException {
        write("x.env", "\uFEFF# comment\r\n\nA=1\nexport B = two words # comment\n"
                + "C=\"with # and '\" # comment\nD='first\nsecond'\nE=\nF=a#b\n");
        assertThat(EnvFile.read(directory.resolve("x.env"))).isEqualTo(Map.of("A", "1", "B", "two words", "C", "with # and '", "D",
                "first\nsecond", "E", "",
                "F", "a#b"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"A=1~no equals sign|2", "A='open|1", "A='x' y|1", "1A=x|1"})
    void whatIsNoEnvFileIsRefusedWithoutShowingIt(String text, int line) throws IOException {
        write("x.env", text.replace('~', '\n'));
        assertThatThrownBy(() -> EnvFile.read(directory.resolve("x.env"))).isInstanceOf(InvalidSettings.class)
                .hasMessage(directory.resolve("x.env") + ": line " + line + " is not NAME=text");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private SettingsLoader loader() {
        return new SettingsLoader(directory);
    }

    private LoadedSettings load(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("HYDRA_HOME", directory.resolve("home").toString());
        return loader().with(Origin.ENVIRONMENT, all).load();
    }
}
