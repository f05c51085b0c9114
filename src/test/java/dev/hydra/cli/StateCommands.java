package dev.hydra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.demo.SimulatedGemini;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command that reads or changes state, the same with and without a running server. */
abstract class StateCommands {
    @TempDir
    Path home;

    SimulatedGemini gemini;

    @BeforeEach
    void provider() throws Exception {
        gemini = SimulatedGemini.demo().start();
        Files.writeString(home.resolve("hydra.toml"), "[gemini]\nurl = \"" + gemini.url() + "\"\n");
        begin();
    }

    @AfterEach
    void end() throws Exception {
        finish();
        gemini.close();
    }

    abstract void begin() throws Exception;

    abstract void finish() throws Exception;

    abstract boolean running();

    CommandLineRun run(String... args) {
        return CommandLineRun.of(CommandLineRun.at(home, args));
    }

    @Test
    void aliasesAreSetChangedListedAndRemoved() {
        assertThat(run("alias", "add", "smart", "gemini-2.5-flash").code()).isZero();
        assertThat(run("alias", "add", "smart", "gemini-2.5-pro").out()).contains("Requests for smart go to gemini-2.5-pro.");
        assertThat(run("alias", "add", "vendor:quick-1", "gemini-2.5-flash-lite", "gemini-2.5-flash").out())
                .isEqualTo("Requests for vendor:quick-1 go to gemini-2.5-flash-lite, then gemini-2.5-flash.\n");
        assertThat(run("alias", "list").lines()).hasSize(3);
        assertThat(run("alias").out()).contains("smart", "gemini-2.5-pro", "vendor:quick-1",
                "gemini-2.5-flash-lite, then gemini-2.5-flash");
        assertThat(run("alias", "remove", "smart").out()).contains("Removed: smart");
        assertThat(run("alias").out()).doesNotContain("smart");

        CommandLineRun unknown = run("alias", "remove", "smart");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).contains("No alias that was set here is called 'smart'.");
        CommandLineRun wrong = run("alias", "add", "a name", "gemini-2.5-pro");
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.err())
                .contains("\"a name\" is not allowed; allowed: 1 to 200 printable ASCII characters without spaces and commas");
        assertThat(run("alias", "add", "same", "same").err()).contains("allowed: another name");
        assertThat(run("alias", "add", "long", "a".repeat(150), "b".repeat(150)).err()).contains("together at most 200 characters");
    }

    @Test
    void quotaGroupsAreMadeListedAndEnded() {
        assertThat(run("quota-group", "add", "images", "gemini-2.5-flash-image", "gemini-2.5-flash-image-preview").code()).isZero();
        assertThat(run("quota-group", "add", "images", "other").out())
                .contains("images: gemini-2.5-flash-image gemini-2.5-flash-image-preview other");
        run("quota-group", "add", "more", "other");
        assertThat(run("quota-group", "list").lines()).hasSize(3).anySatisfy(line -> assertThat(line).matches("more +other"));
        assertThat(run("quota-group", "remove", "images").out()).contains("Removed: images");
        assertThat(run("quota-group").lines()).hasSize(2);
        assertThat(run("quota-group", "remove", "images").err()).contains("No quota group that was set here is called 'images'.");
        assertThat(run("quota-group", "add", "none").code()).isEqualTo(2);
    }

    @Test
    void capsAreSetChangedListedAndRemoved() {
        assertThat(run("caps").out()).contains("There is no cap.");
        assertThat(run("caps", "add", "pro", "--models", "gemini-2.5-pro*", "--limit", "100").out())
                .isEqualTo("pro: 100 requests a day for gemini-2.5-pro*.\n");
        assertThat(run("caps", "add", "all", "--models=*", "--limit=5000000", "--unit=tokens", "--period=month", "--per=account",
                "--action=try_next", "--alert=50", "--reset-time=06:00", "--zone=UTC", "--disabled").out())
                .isEqualTo("all: 5000000 tokens a month for each account for *, disabled.\n");
        assertThat(run("caps", "add", "pro", "--models", "gemini-2.5-pro*", "--limit", "200").code()).isZero();
        assertThat(run("caps", "list").lines()).hasSize(3)
                .anySatisfy(line -> assertThat(line).matches("pro +gemini-2.5-pro\\* +200 requests/day +0 \\(0 %\\) +ok +20.*Z +reject *"))
                .anySatisfy(line -> assertThat(line)
                        .matches("all +\\* +5000000 tokens/month/account +0 \\(0 %\\) +off +.*-01T06:00:00Z +try_next *"));
        assertThat(run("caps", "remove", "pro").out()).isEqualTo("Removed: pro\n");
        assertThat(run("caps", "list", "--accounts").lines()).hasSize(2);

        assertThat(run("caps", "remove", "pro").err()).contains("No cap that was set here is called 'pro'.");
        assertThat(run("caps", "add", "x", "--models", "m", "--limit", "none").err())
                .isEqualTo("hydra: limit: \"none\" is not allowed; allowed: a whole number from 1 to 1000000000000000\n");
        assertThat(run("caps", "add", "a/b", "--models", "m", "--limit", "1").err()).contains("name: \"a/b\" is not allowed");
        assertThat(run("caps", "add", "x", "--models", "m", "--limit", "1", "--zone", "Here").code()).isEqualTo(1);
        assertThat(run("caps", "add", "x", "--limit", "1").code()).as("what is missing is told by the command line").isEqualTo(2);
        assertThat(run("caps", "list").lines()).as("nothing was stored").hasSize(2);
    }

    @Test
    void tokensAreCreatedListedAndRevoked() {
        CommandLineRun created = run("tokens", "create", "--name", "laptop", "--expires", "2100-01-31T00:00:00Z");
        assertThat(created.code()).isZero();
        String token = created.out().strip();
        assertThat(token).as("alone on standard output, for scripts").matches("hydra-[0-9A-Za-z]{40}");
        assertThat(created.err()).contains("laptop", "not shown again").doesNotContain(token);

        CommandLineRun list = run("tokens", "list");
        assertThat(list.lines()).hasSize(2);
        assertThat(list.out()).contains("ID", "laptop", "active", "never").doesNotContain(token);
        assertThat(run("tokens").out()).isEqualTo(list.out());
        JsonObject json = Json.object(run("tokens", "list", "--json").out()).getJsonArray("tokens").getJsonObject(0);
        assertThat(json.getString("name")).isEqualTo("laptop");
        assertThat(json.getString("expires")).isEqualTo("2100-01-31T00:00:00Z");

        assertThat(run("token", "revoke", "LAPT").out()).isEqualTo("Revoked: laptop (" + json.getString("id") + ")\n");
        assertThat(run("tokens", "list").out()).contains("no token that works");
        assertThat(run("tokens", "list", "--all").out()).contains("laptop", "revoked");
        assertThat(run("tokens", "revoke", "laptop").err()).isEqualTo("hydra: There is no token with \"laptop\".\n");
    }

    @Test
    void mistakesAreOneLineAndExitCodeOne() {
        run("tokens", "create", "--name", "app one");
        run("tokens", "create", "--name", "app two");

        for (List<String> wrong : List.of(List.of("tokens", "create", "--name", "app one"), List.of("tokens", "create", "--name", " "),
                List.of("tokens", "create", "--name", "x", "--expires", "soon"),
                List.of("tokens", "create", "--name", "x", "--value=short"),
                List.of("tokens", "revoke", "app"), List.of("tokens", "revoke", "nothing"), List.of("keys", "remove", "nothing"),
                List.of("keys", "verify", "nothing"))) {
            CommandLineRun run = run(wrong.toArray(String[]::new));
            assertThat(run.code()).as(wrong.toString()).isEqualTo(1);
            assertThat(run.err().lines()).as(wrong.toString()).hasSize(1).allMatch(line -> line.startsWith("hydra: "));
            assertThat(run.out()).isEmpty();
        }
        assertThat(run("tokens", "revoke", "app").err()).contains("fits 2 of them");
    }

    @Test
    void anOwnTextIsTaken() {
        assertThat(run("tokens", "create", "-n", "own", "--value=an-own-token-of-some-length").out())
                .isEqualTo("an-own-token-of-some-length\n");
    }

    @Test
    void keysAreAddedListedVerifiedAndRemoved() {
        CommandLineRun added = run("keys", "add", "demo-key-1", "demo-key-wrong", "--email", "a@example.com", "--tier", "premium");
        assertThat(added.code()).isZero();
        assertThat(added.out()).contains("a@example.com", "premium", "active", "disabled", "API_KEY_INVALID").doesNotContain("demo-key");

        assertThat(run("keys", "add", "demo-key-1").err()).contains("is there already").doesNotContain("demo-key");
        assertThat(run("keys", "list").lines()).hasSize(3);
        assertThat(run("key", "list", "--json").out()).contains("\"status\":\"active\"").doesNotContain("demo-key");

        CommandLineRun verified = run("keys", "verify");
        assertThat(verified.code()).as("one of them does not work").isEqualTo(1);
        assertThat(verified.out()).contains("works, ", "refused: API_KEY_INVALID").doesNotContain("demo-key");

        String id = Json.object(run("keys", "list", "--json").out()).getJsonArray("keys").getJsonObject(0).getString("id");
        assertThat(run("keys", "remove", "a@example.com").err()).contains("fits 2 of them");
        assertThat(run("keys", "remove", id.substring(0, 8)).out()).isEqualTo("Removed: " + id + " a@example.com\n");
        assertThat(run("keys", "list").lines()).hasSize(2);
    }

    @Test
    void keysAreReadFromStandardInput() {
        CommandLineRun run = CommandLineRun.answering("demo-key-1\ndemo-key-2\n\nignored", settings -> () -> {
        }, CommandLineRun.at(home, "keys", "add"));

        assertThat(run.code()).isZero();
        assertThat(run("keys", "list").lines()).hasSize(3);
    }

    @Test
    void aPastedKeysFileIsReadToItsEndAndKeepsItsTiers() {
        CommandLineRun run = CommandLineRun.answering("""
                [{"api_key": "demo-key-1", "tier": "premium"},

                 {"api_key": "demo-key-2"}]

                ignored""", settings -> () -> {
        }, CommandLineRun.at(home, "keys", "add", "--tier", "standard"));

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(Json.object(run("keys", "list", "--json").out()).getJsonArray("keys").getValuesAs(JsonObject.class))
                .extracting(key -> key.getString("tier")).containsExactly("premium", "standard");
    }

    @Test
    void setupStoresTheGoodKeysAndTellsWhatTheyAreGoodFor() throws IOException {
        Path file = Files.writeString(home.resolve("my keys.json"), """
                [{"email": "a@example.com", "api_key": "demo-key-1", "project_id": "p1"}, {"api_key": "demo-key-2"}, {"api_key": "demo-key-bad"},
                 {"email": "b@example.com"}, {"api_key": "demo-key-1"}, 7]""");

        CommandLineRun run = run("setup", "--file", file.toString());

        assertThat(run.code()).isZero();
        assertThat(run.err()).contains("entry 4", "entry 5", "entry 6");
        assertThat(run.out())
                .contains("[1/3] entry 1", "a@example.com: works", "[3/3] entry 3", "refused: API_KEY_INVALID", "Stored: 2.",
                        "gemini-2.5-flash ")
                .doesNotContain("demo-key");
        assertThat(run("keys", "list").lines()).hasSize(3);
        assertThat(run("setup", "-f", file.toString()).out()).contains("Stored: 0; already there: 2.");
    }

    @Test
    void setupFailsWhereNothingIsGood() throws IOException {
        Path bad = Files.writeString(home.resolve("bad.json"), "[\"demo-key-bad\"]");

        assertThat(run("setup", "--file", bad.toString())).satisfies(run -> {
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err()).isEqualTo("hydra: none of the 1 keys works; nothing was stored.\n");
        });
        assertThat(run("setup", "--file", home.resolve("missing.json").toString())).satisfies(run -> {
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err()).contains("There is no file");
        });
        assertThat(run("keys", "list").out()).contains("There is no key");
    }

    @Test
    void setupDoesNotCallKeysBadThatItCouldNotAskAbout() throws IOException {
        Path file = Files.writeString(home.resolve("some.json"), "[\"demo-key-1\"]");
        gemini.close();

        CommandLineRun run = run("setup", "--file", file.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("whether 1 of the 1 keys work is not known", "cannot be reached", "Nothing was stored.")
                .doesNotContain("none of");
    }

    @Test
    void resetEnablesKeysAgain() {
        run("keys", "add", "demo-key-bad");
        assertThat(run("keys", "list").out()).contains("disabled");

        assertThat(run("reset", "--rate-limits").out()).contains("1 keys enabled again");
        assertThat(run("keys", "list").out()).contains("active").doesNotContain("disabled");
    }

    @Test
    void resetOfAllAsks() {
        run("keys", "add", "demo-key-1");
        run("tokens", "create", "--name", "app");

        CommandLineRun declined = run("reset", "--all");
        assertThat(declined.code()).isEqualTo(1);
        assertThat(declined.err()).contains("Remove 1 keys and revoke 1 tokens? [y/N]", "nothing was changed");
        assertThat(run("keys", "list").lines()).hasSize(2);

        CommandLineRun agreed = CommandLineRun.answering("yes\n", settings -> () -> {
        }, CommandLineRun.at(home, "reset", "--all"));
        assertThat(agreed.out()).contains("Removed: 1 keys. Revoked: 1 tokens.");
        assertThat(run("keys", "list").out()).contains("There is no key");
        assertThat(run("tokens", "list", "--all").out()).contains("revoked");
        assertThat(run("reset", "--all", "--yes").code()).isZero();
    }

    @Test
    void statusTellsWhatThereIs() {
        run("keys", "add", "demo-key-1", "demo-key-bad");
        run("tokens", "create", "--name", "app");

        CommandLineRun status = run("status");
        assertThat(status.code()).isZero();
        assertThat(status.out()).contains("Keys:     2 (1 active, 1 disabled)", "Tokens:   1 that work, 1 ever made");
        assertThat(status.lines()).contains("Look at:")
                .anySatisfy(line -> assertThat(line).matches("  disabled [0-9a-f]+: API_KEY_INVALID.*"));
        assertThat(status.lines().getFirst()).startsWith(running() ? "Server:   runs at http://127.0.0.1:" : "Server:   does not run");
        JsonObject json = Json.object(run("status", "--json").out());
        assertThat(json.getBoolean("running")).isEqualTo(running());
        assertThat(json.getJsonObject("keys").getInt("all")).isEqualTo(2);
        assertThat(json.getJsonArray("attention").getJsonObject(0).getString("kind")).isEqualTo("DISABLED");
    }

    @Test
    void doctorFindsWhatIsWrong() throws IOException {
        run("keys", "add", "demo-key-1");
        CommandLineRun healthy = run("doctor");
        assertThat(healthy.out()).contains("ok    Java", "ok    home directory", "ok    encryption key", "ok    keys: 1 (1 active)",
                gemini.url() + " answers",
                running() ? "ok    server runs at" : "ok    no server runs; database opens");
        assertThat(healthy.code()).as(healthy.out()).isZero();

        gemini.close();
        Files.setPosixFilePermissions(home.resolve("secret.key"), java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        CommandLineRun ill = run("doctor");
        assertThat(ill.code()).isEqualTo(1);
        assertThat(ill.out()).contains("fail  encryption key", "chmod 600", "cannot be reached");
    }
}
