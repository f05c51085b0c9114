package dev.hydra.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A MariaDB of the base directory that the system property {@code mariadb.basedir} names. Its defaults are bad on purpose: latin1, no strict
 * mode, tables without transactions, and a database made with them.
 */
public final class MariaDbServer implements TestServer {
    private static final String USER = System.getProperty("user.name");

    private final Path base = Path.of(System.getProperty("mariadb.basedir"));
    private final Path directory;
    private final int port = freePort();
    private Process process;

    /** Starts it with its data in this directory. */
    public MariaDbServer(Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("init.sql"), """
                    create database if not exists hydra character set latin1;
                    create user if not exists hydra@'%%' identified by '%1$s';
                    grant all on *.* to hydra@'%%';
                    create user if not exists reader@'%%' identified by '%1$s';
                    grant select on bare.* to reader@'%%';
                    """.formatted(PASSWORD));
            install();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
    }

    private void install() throws IOException {
        Path packed = base.resolve("scripts/mariadb-install-db");
        Path script = Files.exists(packed) ? packed : base.resolve("bin/mariadb-install-db");
        Process install = run("install.log", "sh", script.toString(), "--no-defaults", "--basedir=" + base, "--datadir=" + data(),
                "--auth-root-authentication-method=normal", "--skip-test-db", "--user=" + USER);
        await().atMost(120, SECONDS).until(() -> !install.isAlive());
        if (install.exitValue() != 0) {
            throw new IllegalStateException(Files.readString(directory.resolve("install.log")));
        }
    }

    private Process run(String log, String... command) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(directory.resolve(log).toFile()).start();
    }

    private Path data() {
        return directory.resolve("data");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void start() {
        Path packed = base.resolve("bin/mariadbd");
        Path server = Files.exists(packed) ? packed : base.resolve("sbin/mariadbd");
        try {
            process = run("server.log", server.toString(), "--no-defaults", "--basedir=" + base, "--datadir=" + data(), "--user=" + USER,
                    "--bind-address=127.0.0.1", "--port=" + port, "--socket=" + directory.resolve("s"), "--pid-file=pid",
                    "--init-file=" + directory.resolve("init.sql"), "--character-set-server=latin1", "--sql-mode=",
                    "--default-storage-engine=MyISAM", "--innodb-buffer-pool-size=32M", "--skip-name-resolve");
            await().atMost(120, SECONDS).ignoreExceptions().until(() -> {
                try (Connection connection = connect()) {
                    return connection.isValid(1);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ConditionTimeoutException e) {
            stop();
            throw e;
        }
    }

    @Override
    public void stop() {
        process.destroy();
        await().atMost(60, SECONDS).until(() -> !process.isAlive());
    }

    @Override
    public Map<String, String> settings(String database, String user, String password) {
        return settings("mysql", database, user, password);
    }

    /** Settings for a scheme, {@code mysql} or {@code mariadb}. */
    Map<String, String> settings(String scheme, String database, String user, String password) {
        return Map.of("HYDRA_DB_URL", "jdbc:" + scheme + "://127.0.0.1:" + port + "/" + database, "HYDRA_DB_USER", user,
                "HYDRA_DB_PASSWORD", password);
    }

    @Override
    public Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:mariadb://127.0.0.1:" + port + "/hydra", OWNER, PASSWORD);
    }

    @Override
    public void lock(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("lock tables " + table + " write");
        }
    }

    @Override
    public void cutOthers(Connection connection) throws SQLException {
        List<Long> others = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(
                    "select id from information_schema.processlist where user = 'hydra' and id <> connection_id()")) {
                while (rows.next()) {
                    others.add(rows.getLong(1));
                }
            }
            for (long other : others) {
                statement.execute("kill connection " + other);
            }
        }
    }
}
