package dev.hydra.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    public Map<String, String> settings() {
        return Map.of("HYDRA_DB_URL", server.getJdbcUrl("postgres", "postgres"));
    }

    @Override
    public Connection connect() throws SQLException {
        return server.getPostgresDatabase().getConnection();
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
