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
    void aNewTokenWorksAtOnce() {
        String token = run("tokens", "create", "--name", "app").out().strip();

        assertThat(server.rig.tokens.list()).extracting(Token::name).containsExactly("app");
        assertThat(server.rig.said(FakeRequest.to("/v1/models").header("x-api-key", token))).isEqualTo("granted app");
    }
}
