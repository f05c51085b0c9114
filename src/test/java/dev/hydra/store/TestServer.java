package dev.hydra.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** A real database server with an empty database, started for a test and stopped by it. */
public interface TestServer extends AutoCloseable {
    /** A user with every right. */
    String OWNER = "hydra";
    /** A user who may not make tables. */
    String READER = "reader";
    /** The password of both. */
    String PASSWORD = "a password with / ? and @";

    /** The settings by which the owner reaches the database. */
    default Map<String, String> settings() {
        return settings("hydra", OWNER, PASSWORD);
    }

    /** Settings for another database or user. */
    Map<String, String> settings(String database, String user, String password);

    /** A connection of an administrator to the database. */
    Connection connect() throws SQLException;

    /** Makes every other connection wait for this table until the given one is closed. */
    void lock(Connection connection, String table) throws SQLException;

    /** Cuts all connections but this one, as an idle time-out of the server's does. */
    void cutOthers(Connection connection) throws SQLException;

    /** Stops the server; its data and its port are kept. */
    void stop();

    /** Starts it again. */
    void start();

    @Override
    default void close() {
        stop();
    }
}
