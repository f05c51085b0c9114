package dev.hydra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.api.AdminServer;
import dev.hydra.secret.Secret;
import dev.hydra.settings.Origin;
import dev.hydra.settings.Settings;
import dev.hydra.settings.SettingsLoader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayCommandTest {
    @TempDir
    Path home;

    private final Map<String, String> given = new HashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Stands for the embedded server; the interrupt is what a test has instead of a signal. */
    private AutoCloseable serve(Map<String, String> settings) {
        given.putAll(settings);
        settings.put("HYDRA_PORT", "4321");
        Thread.currentThread().interrupt();
        return () -> closed.set(true);
    }

    @Test
    void flagsWinAndTheServerStopsInOrder() {
        CommandLineRun run = CommandLineRun.answering("", this::serve,
                CommandLineRun.at(home, "gateway", "--host", "127.0.0.2", "--port", "0", "--log-level", "debug"));

        assertThat(run.code()).isZero();
        assertThat(given).containsEntry("HYDRA_HOST", "127.0.0.2").containsEntry("HYDRA_PORT", "0")
                .containsEntry("HYDRA_LOG_LEVEL", "DEBUG")
                .containsEntry("HYDRA_HOME", home.toString());
        assertThat(run.out()).contains("http://127.0.0.2:4321/v1");
        assertThat(closed).isTrue();
    }

    @Test
    void aPortInUseIsOneLine() {
        CommandLineRun run = CommandLineRun.answering("", settings -> {
            throw new IllegalStateException("127.0.0.1:8000 cannot be used: Address already in use.");
        }, CommandLineRun.at(home, "serve"));

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("hydra: 127.0.0.1:8000 cannot be used: Address already in use.\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port=99999", "--port=x", "--log-level=loud"})
    void aWrongFlagNamesWhatIsAllowed(String flag) {
        CommandLineRun run = CommandLineRun.of(CommandLineRun.at(home, "gateway", flag));

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err().lines()).hasSize(1).allMatch(line -> line.contains("is not allowed; allowed: "));
    }

    @Test
    void theDemoUsesNothingOfTheUsersAndLeavesNothing() {
        AtomicReference<Integer> answer = new AtomicReference<>();
        CommandLineRun run = CommandLineRun.answering("", settings -> {
            answer.set(
                    status(URI.create(settings.get("HYDRA_GEMINI_URL") + "/v1beta/models"), settings.get("GEMINI_API_KEYS").split(",")[0]));
            assertThat(Path.of(settings.get("HYDRA_HOME"))).isDirectory();
            return serve(settings);
        }, "gateway", "--demo", "--home", home.toString());

        assertThat(run.code()).isZero();
        assertThat(answer.get()).isEqualTo(200);
        assertThat(run.out()).contains("curl http://127.0.0.1:4321/v1/chat/completions", "\"model\":\"gemini-2.5-flash\"");
        assertThat(given.get("HYDRA_HOME")).as("it was asked for").isEqualTo(home.toString());
        assertThat(Path.of(given.get("HYDRA_KEYS_FILE"))).as("gone at the end").doesNotExist();
        assertThat(closed).isTrue();
    }

    @Test
    void theDemoNeverTouchesTheDatabaseKeysAndSecretOfItsHome() throws Exception {
        Files.writeString(home.resolve("hydra.toml"), """
                gemini_api_key = "real-1"
                [db]
                url = "jdbc:postgresql://production/hydra?password=x"
                user = "app"
                jndi = "jdbc/real"
                """);
        Files.writeString(home.resolve(".env"), "GEMINI_API_KEY_1=real-2\nHYDRA_SECRET=the-real-passphrase\n");

        CommandLineRun run = CommandLineRun.answering("", this::serve, CommandLineRun.at(home, "gateway", "--demo"));

        assertThat(run.code()).as(run.err()).isZero();
        Settings used = SettingsLoader.ofProcess().with(Origin.FLAG, given).load().settings();
        assertThat(used.database().url()).get().asString().startsWith("jdbc:h2:file:" + home.resolve("demo"));
        assertThat(used.database().user()).isEmpty();
        assertThat(used.database().jndi()).isEmpty();
        assertThat(used.encryption().secret().isEmpty()).isTrue();
        assertThat(used.encryption().file()).isEqualTo(home.resolve("demo/secret.key"));
        assertThat(used.gemini().keys()).extracting(Secret::reveal).allMatch(key -> key.startsWith("demo-key"));
    }

    @Test
    void theDemoOfAFailedStartLeavesNothing() {
        CommandLineRun run = CommandLineRun.answering("", settings -> {
            given.putAll(settings);
            throw new IllegalStateException("no");
        }, CommandLineRun.at(home, "gateway", "--demo"));

        assertThat(run.code()).isEqualTo(1);
        assertThat(Path.of(given.get("HYDRA_KEYS_FILE"))).doesNotExist();
    }

    @Test
    void theGreetingTellsWhoMayUseIt() throws Exception {
        try (AdminServer server = new AdminServer(home, "")) {
            assertThat(greeting(server)).contains("Access: open to this machine only", "Keys: none yet. Add one: hydra keys add");
            String id = server.rig.tokens.create("app", java.util.Optional.empty(), java.util.Optional.empty()).token().id();
            server.rig.tokens.revoke(id);
            assertThat(greeting(server)).contains("Access: closed, clients need a token. There is none yet: hydra tokens create");
        }
        assertThat(Files.exists(home.resolve("server.json"))).isFalse();
    }

    @Test
    void aServerWhoseAdminApiRefusesStaysUp() throws Exception {
        try (AdminServer server = new AdminServer(home, "the password of the server")) {
            Path file = home.resolve("server.json");
            String wrong = Files.readString(file).replaceFirst("(\"credential\":\")[^\"]+", "$1nonsense");
            assertThat(wrong).contains("nonsense", server.address().toString());
            Files.writeString(file, wrong);
            CommandLineRun run = CommandLineRun.answering("", this::serve, CommandLineRun.at(home, "gateway"));

            assertThat(run.code()).isZero();
            assertThat(run.err()).contains("the server runs, but its admin API does not answer this command");
            assertThat(closed).as("only by the interrupt, in order").isTrue();
        }
    }

    /** The server of this very process is not a second one. */
    private String greeting(AdminServer server) {
        return CommandLineRun.answering("", settings -> {
            settings.put("HYDRA_PORT", Integer.toString(server.port()));
            Thread.currentThread().interrupt();
            return () -> {
            };
        }, CommandLineRun.at(home, "gateway")).out();
    }

    private static int status(URI address, String key) {
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(address).header("x-goog-api-key", key).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
