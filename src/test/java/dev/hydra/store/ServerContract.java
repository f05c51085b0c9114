package dev.hydra.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hydra.secret.Secret;
import dev.hydra.settings.Settings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What Hydra relies on when the database is a server's. */
abstract class ServerContract extends DatabaseContract {
    static final String GRANT = "grant HYDRA_DB_USER the right to create and change tables in the database of HYDRA_DB_URL.";

    private TestServer server;

    abstract TestServer server(Path directory);

    @Override
    final Map<String, String> start(Path directory) {
        server = server(directory.resolve("server"));
        return server.settings();
    }

    @Override
    final void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void nodesThatStartAtTheSameTimeMakeOneSchemaAndOneKey() throws Exception {
        create("nodes");
        Map<String, String> address = new HashMap<>(server.settings("nodes", TestServer.OWNER, TestServer.PASSWORD));
        address.put("HYDRA_SECRET", "shared");
        Settings settings = settings(address);
        Callable<String> node = () -> {
            try (Database database = new Database(settings)) {
                return new Encryption(settings, database).encrypt(Secret.of("a key"), "test");
            }
        };
        try (ExecutorService nodes = Executors.newFixedThreadPool(3)) {
            List<Future<String>> texts = nodes.invokeAll(List.of(node, node, node));
            try (Database database = new Database(settings)) {
                Encryption encryption = new Encryption(settings, database);
                for (Future<String> text : texts) {
                    assertThat(encryption.decrypt(text.get(), "test")).isEqualTo(Secret.of("a key"));
                }
            }
        }
    }

    @Test
    void connectionsThatTheServerCutAreReplaced() throws SQLException {
        database().run(manager -> manager.persist(row("here", "salt")));
        try (Connection administrator = server.connect()) {
            server.cutOthers(administrator);
        }
        // The pool trusts a connection for half a second after its last use: that one call may fail, no other.
        await().ignoreExceptions().until(() -> database().call(manager -> manager.find(EncryptionKeyRow.class, "here") != null));
    }

    @Test
    void whatIsWrongIsSaidInOneLineThatNamesTheSetting() throws SQLException {
        create("bare");
        refused(server.settings("bare", TestServer.OWNER, "wrong"), "check HYDRA_DB_USER and HYDRA_DB_PASSWORD.");
        refused(server.settings("none", TestServer.OWNER, TestServer.PASSWORD),
                "create the database, or correct its name in HYDRA_DB_URL.");
        refused(server.settings("bare", TestServer.READER, TestServer.PASSWORD), GRANT);
        String kind = server.settings().get("HYDRA_DB_URL").split("//", 2)[0];
        String nowhere = "check that the database server runs and that HYDRA_DB_URL names its host and port.";
        refused(Map.of("HYDRA_DB_URL", kind + "//127.0.0.1:1/hydra?password=hidden"), nowhere);
        refused(Map.of("HYDRA_DB_URL", kind + "//no-such-host.invalid/hydra?password=hidden"), nowhere);
    }

    final void refused(Map<String, String> texts, String advice) {
        assertThatThrownBy(() -> open(texts)).isInstanceOf(StoreUnavailable.class).hasMessageEndingWith(" - " + advice)
                .hasMessageNotContaining("hidden").hasMessageNotContaining(TestServer.PASSWORD)
                .satisfies(failure -> assertThat(failure.getMessage().lines()).hasSize(1));
    }

    final void create(String name) throws SQLException {
        try (Connection connection = server.connect(); Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
    }
}
