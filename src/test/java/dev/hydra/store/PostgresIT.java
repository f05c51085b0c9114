package dev.hydra.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The store on a real PostgreSQL. */
class PostgresIT extends DatabaseContract {
    @TempDir
    private static Path directory;
    private static PostgresServer server;

    @BeforeAll
    static void start() {
        server = new PostgresServer(directory.resolve("data"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        try (Connection connection = server.connect(); Statement statement = connection.createStatement()) {
            statement.execute("drop schema public cascade");
            statement.execute("create schema public");
        }
    }

    @Override
    Map<String, String> emptyDatabase() {
        return server.settings();
    }
}
