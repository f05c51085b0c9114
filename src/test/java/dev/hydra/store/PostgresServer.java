package dev.hydra.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** A PostgreSQL whose binaries come with a library. */
public final class PostgresServer implements TestServer {
    private final Path data;
    private EmbeddedPostgres server;
    private final int port;

    /** Starts it with its data in this directory. */
    public PostgresServer(Path data) {
        this.data = data;
        server = started(0);
        port = server.getPort();
        try {
            askForPasswords();
        } catch (SQLException | IOException e) {
            stop();
            throw new IllegalStateException(e);
        }
    }

    /** The library's server asks nobody for a password, and everybody may make tables; not so here, save for its own administrator. */
    private void askForPasswords() throws SQLException, IOException {
        try (Connection template = server.getDatabase("postgres", "template1").getConnection();
                Statement statement = template.createStatement()) {
            // As PostgreSQL 15 and later do by themselves.
            statement.execute("revoke create on schema public from public");
        }
        try (Connection connection = server.getPostgresDatabase().getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("create role " + OWNER + " login superuser password '" + PASSWORD + "'");
            statement.execute("create role " + READER + " login password '" + PASSWORD + "'");
            statement.execute("create database hydra");
            Files.writeString(data.resolve("pg_hba.conf"), """
                    host all postgres 127.0.0.1/32 trust
                    host all all 127.0.0.1/32 scram-sha-256
                    """);
            statement.execute("select pg_reload_conf()");
        }
    }

    private EmbeddedPostgres started(int wanted) {
        try {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false);
            return (wanted == 0 ? builder : builder.setPort(wanted)).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Map<String, String> settings(String database, String user, String password) {
        return Map.of("HYDRA_DB_URL", "jdbc:postgresql://127.0.0.1:" + port + "/" + database, "HYDRA_DB_USER", user, "HYDRA_DB_PASSWORD",
                password);
    }

    @Override
    public Connection connect() throws SQLException {
        return server.getDatabase("postgres", "hydra").getConnection();
    }

    @Override
    public void lock(Connection connection, String table) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("lock table " + table + " in access exclusive mode");
        }
    }

    @Override
    public void cutOthers(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()"
                    + " and backend_type = 'client backend'");
        }
    }

    @Override
    public void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void start() {
        server = started(port);
    }
}
