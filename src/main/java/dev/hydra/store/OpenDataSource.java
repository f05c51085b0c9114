package dev.hydra.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.hydra.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Enumeration;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A data source and how to let go of it.
 *
 * @param ours whether the pool was made here; a server's own data source is left open
 */
record OpenDataSource(DataSource dataSource, boolean ours) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenDataSource.class);
    private static final int POOL_SIZE = 10;
    private static final long CONNECTION_WAIT_MILLIS = 5_000;
    /** H2's code for a database file that another process has open. */
    private static final int H2_IN_USE = 90020;

    /** The server's data source if one is named, else a pool on the given URL, else a pool on the H2 file in Hydra's home. */
    static OpenDataSource of(Settings settings) {
        Settings.Database database = settings.database();
        if (database.jndi().isPresent()) {
            return new OpenDataSource(lookUp(database.jndi().get()), false);
        }
        return new OpenDataSource(database.url().map(url -> pool(url, database)).orElseGet(() -> file(settings)), true);
    }

    private static DataSource lookUp(String name) {
        try {
            return (DataSource) new InitialContext().lookup(name);
        } catch (NamingException | ClassCastException e) {
            throw new StoreUnavailable("HYDRA_DB_JNDI: there is no data source called " + name + " on this server (" + e.getMessage()
                    + ")", e);
        }
    }

    private static HikariDataSource pool(String url, Settings.Database database) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(database.user().isEmpty() ? null : database.user());
        config.setPassword(database.password().isEmpty() ? null : database.password().reveal());
        return open(config, url);
    }

    private static HikariDataSource file(Settings settings) {
        Path home = settings.home();
        try {
            PrivateFiles.createDirectory(home);
            Path file = home.resolve("hydra").toAbsolutePath();
            HikariConfig config = new HikariConfig();
            // Closed by us and not by H2's own shutdown hook, which would run before the audit queue is drained.
            // A commit is on disk after 100 ms instead of H2's 500 ms.
            config.setJdbcUrl("jdbc:h2:file:" + file + ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=100");
            config.setUsername("sa");
            config.setPassword("");
            HikariDataSource pool = open(config, file + ".mv.db");
            PrivateFiles.restrict(Path.of(file + ".mv.db"));
            return pool;
        } catch (IOException e) {
            throw new StoreUnavailable("HYDRA_HOME: " + home + " cannot be used: " + e, e);
        }
    }

    private static HikariDataSource open(HikariConfig config, String address) {
        config.setPoolName("hydra");
        config.setMaximumPoolSize(POOL_SIZE);
        config.setMinimumIdle(2);
        config.setConnectionTimeout(CONNECTION_WAIT_MILLIS);
        config.setAutoCommit(false);
        try {
            // The driver is found by its own class loader: DriverManager only sees those of the class loader that loaded it first.
            config.setDriverClassName(driver(config.getJdbcUrl()));
            return new HikariDataSource(config);
        } catch (PoolInitializationException e) {
            throw new StoreUnavailable(reason(e, address), e);
        }
    }

    private static String driver(String url) {
        String scheme = url.startsWith("jdbc:") && url.indexOf(':', 5) > 0 ? url.substring(5, url.indexOf(':', 5)) : "";
        return switch (scheme) {
            case "h2" -> "org.h2.Driver";
            case "postgresql" -> "org.postgresql.Driver";
            default -> throw new StoreUnavailable("HYDRA_DB_URL: \"" + withoutCredentials(url)
                    + "\" is not allowed; allowed: jdbc:postgresql:… or jdbc:h2:…");
        };
    }

    private static String reason(Throwable failure, String address) {
        String message = failure.getMessage();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                if (sql.getErrorCode() == H2_IN_USE) {
                    return "Another Hydra uses the database " + address + ". Stop it, or give this one its own HYDRA_HOME or HYDRA_DB_URL.";
                }
                message = sql.getMessage();
            }
        }
        return "The database " + withoutCredentials(address) + " cannot be opened: " + message;
    }

    /** Cuts the parameters, which may hold a password. */
    private static String withoutCredentials(String url) {
        int end = url.indexOf('?') >= 0 ? url.indexOf('?') : url.indexOf(';');
        return end < 0 ? url : url.substring(0, end);
    }

    @Override
    public void close() {
        if (ours) {
            ((HikariDataSource) dataSource).close();
            deregisterDrivers();
        }
    }

    /**
     * A driver that stays registered keeps an undeployed application in memory. A plain JVM's class loader shares its drivers with others.
     */
    private static void deregisterDrivers() {
        ClassLoader own = OpenDataSource.class.getClassLoader();
        if (own == ClassLoader.getSystemClassLoader()) {
            return;
        }
        for (Enumeration<Driver> drivers = DriverManager.getDrivers(); drivers.hasMoreElements();) {
            Driver driver = drivers.nextElement();
            if (driver.getClass().getClassLoader() == own) {
                try {
                    DriverManager.deregisterDriver(driver);
                } catch (SQLException e) {
                    LOG.warn("The driver {} stays registered: {}", driver.getClass().getName(), e.getMessage());
                }
            }
        }
    }
}
