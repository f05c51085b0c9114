package dev.hydra.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hydra.settings.TestSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store on a real MariaDB, by the address that MySQL's users write. */
class MariaDbIT extends DatabaseContract {
    @TempDir
    private static Path directory;
    private static MariaDbServer server;

    @TempDir
    private Path home;

    @BeforeAll
    static void start() {
        server = new MariaDbServer(directory.resolve("mariadb"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        try (Connection connection = server.connect(); Statement statement = connection.createStatement()) {
            statement.execute("drop database hydra");
            statement.execute("create database hydra character set latin1");
        }
    }

    @Override
    Map<String, String> emptyDatabase() {
        return server.settings("mysql", "hydra", "hydra", server.password());
    }

    @Test
    void noTextOfOursHasTheDatabasesOwnCharacterSet() throws SQLException {
        open(server.settings()).close();
        List<String> others = new ArrayList<>();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select concat(table_name, '.', column_name) from information_schema.columns"
                        + " where table_schema = 'hydra' and table_name <> 'schema_history' and collation_name <> 'utf8mb4_bin'")) {
            while (rows.next()) {
                others.add(rows.getString(1));
            }
        }
        assertThat(others).isEmpty();
    }

    @Test
    void connectionsThatTheServerCutAreReplaced() throws SQLException {
        try (Database database = open(server.settings()); Connection administrator = server.connect()) {
            database.run(manager -> manager.persist(new EncryptionKeyRow()));
            server.cutOthers(administrator);
            // The pool trusts a connection for half a second after its last use: that one call may fail, no other.
            await().ignoreExceptions().until(() -> database.call(
                    manager -> manager.find(EncryptionKeyRow.class, EncryptionKeyRow.CURRENT) != null));
        }
    }

    @Test
    void whatIsWrongIsSaidInOneLineThatNamesTheSetting() {
        refused(server.settings("mysql", "hydra", "hydra", "wrong"), "check HYDRA_DB_USER and HYDRA_DB_PASSWORD.");
        refused(server.settings("mysql", "none", "hydra", server.password()),
                "create the database, or correct its name in HYDRA_DB_URL.");
        refused(server.settings("mysql", "hydra", "reader", server.password()),
                "grant HYDRA_DB_USER the right to create and change tables in the database of HYDRA_DB_URL.");
        refused(server.settings("mysql", "mysql", "reader", server.password()),
                "grant HYDRA_DB_USER the right to create and change tables in the database of HYDRA_DB_URL.");
        refused(Map.of("HYDRA_DB_URL", "jdbc:mysql://127.0.0.1:1/hydra?password=hidden"),
                "check that the database server runs and that HYDRA_DB_URL names its host and port.");
        refused(Map.of("HYDRA_DB_URL", "jdbc:mariadb://no-such-host.invalid/hydra?password=hidden"),
                "check that the database server runs and that HYDRA_DB_URL names its host and port.");
    }

    private void refused(Map<String, String> settings, String advice) {
        assertThatThrownBy(() -> open(settings)).isInstanceOf(StoreUnavailable.class).hasMessageEndingWith(" - " + advice)
                .hasMessageNotContaining("hidden").hasMessageNotContaining(server.password())
                .satisfies(failure -> assertThat(failure.getMessage().lines()).hasSize(1));
    }

    private Database open(Map<String, String> texts) {
        return new Database(TestSettings.in(home, texts));
    }
}
