package dev.hydra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.access.FakeRequest;
import dev.hydra.access.Token;
import dev.hydra.api.AdminServer;
import org.junit.jupiter.api.Test;

/** Commands over the admin API of a server that left its address. */
class RunningCommandsTest extends StateCommands {
    private AdminServer server;

    @Override
    void begin() throws Exception {
        server = new AdminServer(home, "");
    }

    @Override
    void finish() throws Exception {
        server.close();
    }

    @Override
    boolean running() {
        return true;
    }

    @Test
    void whatTheServerDidNotTakeIsTold() {
        run("keys", "add", "demo-key-3");

        CommandLineRun run = run("keys", "add", "[\"demo-key-3\",{\"api_key\":\"demo-key-1\",\"email\":\"a@example.com\"},\"demo-key-2\"]",
                "--email", "x".repeat(201));

        assertThat(run.err()).contains("entry 1, field api_key: is there already", "entry 3, field email: must be one line");
        assertThat(run("keys", "list").lines()).hasSize(3);
    }

    @Test
    void aNewTokenWorksAtOnce() {
        String token = run("tokens", "create", "--name", "app").out().strip();

        assertThat(server.rig.tokens.list()).extracting(Token::name).containsExactly("app");
        assertThat(server.rig.said(FakeRequest.to("/v1/models").header("x-api-key", token))).isEqualTo("granted app");
    }
}
