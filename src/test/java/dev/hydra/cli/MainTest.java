package dev.hydra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.api.AdminServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    @TempDir
    Path home;

    @Test
    void aloneItTellsHowToBegin() {
        CommandLineRun run = CommandLineRun.of();

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("hydra gateway --demo", "setup", "tokens", "keys", "doctor", "reset", "status", "version");
        assertThat(CommandLineRun.of("--help").out()).isEqualTo(run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "serve", "setup", "status", "doctor", "version", "reset", "tokens", "tokens create", "tokens revoke",
        "keys", "key add", "keys verify"})
    void everyCommandHasHelp(String command) {
        CommandLineRun run = CommandLineRun.of((command + " --help").split(" "));

        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("Usage: hydra ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "tokens create", "tokens revoke", "gateway --nonsense", "reset", "reset --all --rate-limits",
        "keys add --tier=gold x", "tokens nonsense"})
    void whatIsNotUnderstoodIsExitCodeTwo(String command) {
        CommandLineRun run = CommandLineRun.of(command.split(" "));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).isNotBlank().doesNotContain("\tat ");
    }

    @Test
    void versionIsOfThisBuild() {
        assertThat(CommandLineRun.of("version").out()).matches("hydra [0-9]+\\.[0-9]+\\.\\S+ \\(Java \\S+\\)\n");
    }

    @Test
    void aMistakeInTheSettingsIsNamed() throws Exception {
        Files.writeString(home.resolve("hydra.toml"), "port = \"x\"\n");

        CommandLineRun run = CommandLineRun.of(CommandLineRun.at(home, "status"));

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("HYDRA_PORT").doesNotContain("\tat ");
    }

    @Test
    void aDatabaseThatCannotBeOpenedIsOneLine() {
        write(home.resolve("hydra.mv.db"), "not a database");

        CommandLineRun run = CommandLineRun.of(CommandLineRun.at(home, "tokens", "list"));

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err().lines()).hasSize(1).allMatch(line -> line.startsWith("hydra: The database "));
    }

    @Test
    void aServerElsewhereIsUsedWithThePassword() throws Exception {
        try (AdminServer server = new AdminServer(home.resolve("server"), "the password of the server")) {
            Files.writeString(home.resolve("hydra.toml"), "[admin]\npassword = \"the password of the server\"\n");
            String[] args = CommandLineRun.at(home, "tokens", "create", "--name", "remote", "--url", server.address().toString());

            assertThat(CommandLineRun.of(args).code()).isZero();
            assertThat(server.rig.tokens.list()).hasSize(1);

            Files.writeString(home.resolve("hydra.toml"), "[admin]\npassword = \"wrong\"\n");
            assertThat(CommandLineRun.of(args).err()).isEqualTo("hydra: The password is wrong.\n");
            Files.delete(home.resolve("hydra.toml"));
            assertThat(CommandLineRun.of(args).err()).contains("--url needs the admin password");
        }
    }

    @Test
    void aServerThatWasKilledIsNotAskedAnyMore() {
        write(home.resolve("server.json"),
                "{\"address\":\"http://127.0.0.1:1\",\"credential\":\"x\",\"process\":" + ProcessHandle.current().pid() + "}");
        assertThat(CommandLineRun.of(CommandLineRun.at(home, "status")).out()).contains("does not run");
        write(home.resolve("server.json"), "{broken");
        assertThat(CommandLineRun.of(CommandLineRun.at(home, "status")).out()).contains("does not run");
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }
}
