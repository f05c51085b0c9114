package dev.hydra.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.hydra.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
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

    /** The server's data source if one is named, else a pool on the given URL, else a pool on the H2 file in Hydra's home. */
    static OpenDataSource of(Settings settings) {
        Settings.Database database = settings.database();
        if (database.jndi().isPresent()) {
            return new OpenDataSource(lookUp(database.jndi().get()), false);
        }
        return new OpenDataSource(database.url().map(url -> pool(new JdbcAddress(url), database)).orElseGet(() -> file(settings)), true);
    }

    private static DataSource lookUp(String name) {
        try {
            Object found = new InitialContext().lookup(name);
            if (found instanceof DataSource source) {
                proveOwnTransactions(name, source);
                return source;
            }
            throw new StoreUnavailable(
                    "HYDRA_DB_JNDI: " + name + " is a " + found.getClass().getName() + "; allowed: a javax.sql.DataSource");
        } catch (NamingException e) {
            throw new StoreUnavailable("HYDRA_DB_JNDI: there is no data source called " + name + " on this server (" + e.getMessage()
                    + ")", e);
        }
    }

    /** A data source does not tell whether it takes part in JTA, but its connections then refuse what {@link Database} does with them. */
    private static void proveOwnTransactions(String name, DataSource source) {
        try (Connection connection = source.getConnection()) {
            boolean before = connection.getAutoCommit();
            try {
                connection.setAutoCommit(false);
                connection.rollback();
                connection.setAutoCommit(before);
            } catch (SQLException e) {
                throw new StoreUnavailable("HYDRA_DB_JNDI: the data source " + name + " refuses transactions of Hydra's own ("
                        + Refusal.of(e).words() + "); set it up without JTA", e);
            }
        } catch (SQLException e) {
            throw new StoreUnavailable("HYDRA_DB_JNDI: the data source " + name + " gives no connection: " + Refusal.of(e).words(), e);
        }
    }

    private static HikariDataSource pool(JdbcAddress address, Settings.Database database) {
        HikariConfig config = new HikariConfig();
        config.setUsername(database.user().isEmpty() ? null : database.user());
        config.setPassword(database.password().isEmpty() ? null : database.password().reveal());
        if (address.isMySql()) {
            // What H2 and PostgreSQL do by themselves: no locks on gaps between rows, and a value that is too long is refused, not cut.
            config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
            config.setConnectionInitSql("set session sql_mode = concat(@@sql_mode, ',STRICT_ALL_TABLES')");
        }
        return open(config, address, address.shown());
    }

    private static HikariDataSource file(Settings settings) {
        Path home = settings.home();
        try {
            PrivateFiles.createDirectory(home);
            Path file = home.resolve("hydra").toAbsolutePath();
            HikariConfig config = new HikariConfig();
            // Closed by us and not by H2's own shutdown hook, which would run before the audit queue is drained.
            // A commit is on disk after 100 ms instead of H2's 500 ms.
            JdbcAddress address = new JdbcAddress("jdbc:h2:file:" + file + ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=100");
            config.setUsername("sa");
            config.setPassword("");
            HikariDataSource pool = open(config, address, file + ".mv.db");
            PrivateFiles.restrict(Path.of(file + ".mv.db"));
            return pool;
        } catch (IOException e) {
            throw new StoreUnavailable("HYDRA_HOME: " + home + " cannot be used: " + e, e);
        }
    }

    private static HikariDataSource open(HikariConfig config, JdbcAddress address, String name) {
        config.setJdbcUrl(address.url());
        config.setPoolName("hydra");
        config.setMaximumPoolSize(POOL_SIZE);
        config.setMinimumIdle(2);
        config.setConnectionTimeout(CONNECTION_WAIT_MILLIS);
        config.setAutoCommit(false);
        try {
            // The driver is found by its own class loader: DriverManager only sees those of the class loader that loaded it first.
            config.setDriverClassName(address.driver());
            return new HikariDataSource(config);
        } catch (PoolInitializationException e) {
            throw new StoreUnavailable(reason(Refusal.of(e), address, name), e);
        }
    }

    private static String reason(Refusal refusal, JdbcAddress address, String name) {
        return refusal.inUse()
                ? "Another Hydra uses the database " + name + ". Stop it, or give this one its own HYDRA_HOME or HYDRA_DB_URL."
                : address.unusable(refusal);
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
