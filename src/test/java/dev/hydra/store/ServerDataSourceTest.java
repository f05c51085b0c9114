package dev.hydra.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.hydra.settings.Settings;
import dev.hydra.settings.TestSettings;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data sources of an application server, found by {@code HYDRA_DB_JNDI}. */
class ServerDataSourceTest {
    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPoolIsUsedWhateverItsAutoCommitAndLeftOpen(boolean autoCommit) throws SQLException {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl("jdbc:h2:mem:pool-" + autoCommit);
            pool.setAutoCommit(autoCommit);
            TestNames.bind("jdbc/pool-" + autoCommit, pool);
            try (Database database = new Database(named("jdbc/pool-" + autoCommit))) {
                assertThatThrownBy(() -> database.run(manager -> {
                    manager.persist(DatabaseContract.row("undone", "salt"));
                    manager.flush();
                    throw new IllegalStateException("no");
                })).hasMessage("no");
                database.run(manager -> manager.persist(DatabaseContract.row("kept", "salt")));
                assertThat(ids(database)).isEqualTo("kept");
            }
            assertThat(pool.isClosed()).isFalse();
            try (Connection connection = pool.getConnection()) {
                assertThat(connection.getAutoCommit()).isEqualTo(autoCommit);
            }
        }
    }

    private static String ids(Database database) {
        return database.call(manager -> String.join(",",
                manager.createQuery("select r.id from EncryptionKeyRow r", String.class).getResultList()));
    }

    @Test
    void aDataSourceOfJtaIsRefused() {
        TestNames.bind("jdbc/jta", stub(DataSource.class, "getConnection", () -> stub(Connection.class, "setAutoCommit", () -> {
            throw new SQLException("not allowed while\na transaction is active");
        })));
        assertThatThrownBy(() -> new Database(named("jdbc/jta"))).isInstanceOf(StoreUnavailable.class)
                .hasMessage("HYDRA_DB_JNDI: the data source jdbc/jta refuses transactions of Hydra's own "
                        + "(not allowed while a transaction is active); set it up without JTA");
    }

    @Test
    void aDataSourceWithoutConnectionsIsNamed() {
        TestNames.bind("jdbc/down", stub(DataSource.class, "getConnection", () -> {
            throw new SQLException("server is down");
        }));
        assertThatThrownBy(() -> new Database(named("jdbc/down"))).isInstanceOf(StoreUnavailable.class)
                .hasMessage("HYDRA_DB_JNDI: the data source jdbc/down gives no connection: server is down");
    }

    @Test
    void whatIsNoDataSourceIsRefused() {
        TestNames.bind("jdbc/text", "a text");
        assertThatThrownBy(() -> new Database(named("jdbc/text"))).isInstanceOf(StoreUnavailable.class)
                .hasMessage("HYDRA_DB_JNDI: jdbc/text is a java.lang.String; allowed: a javax.sql.DataSource");
        assertThatThrownBy(() -> new Database(named("jdbc/none"))).isInstanceOf(StoreUnavailable.class)
                .hasMessage("HYDRA_DB_JNDI: there is no data source called jdbc/none on this server (jdbc/none is not bound)");
    }

    private Settings named(String name) {
        return TestSettings.in(home, Map.of("HYDRA_DB_JNDI", name));
    }

    private interface Answer {
        Object give() throws SQLException;
    }

    /** Answers one method; all others do nothing. */
    private static <T> T stub(Class<T> type, String method, Answer answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, called, arguments) -> {
            if (called.getName().equals(method)) {
                return answer.give();
            }
            return called.getReturnType() == boolean.class ? Boolean.FALSE : null;
        }));
    }
}
