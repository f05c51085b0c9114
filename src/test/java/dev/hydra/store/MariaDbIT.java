package dev.hydra.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The store on a real MariaDB, by the address that MySQL's users write. */
class MariaDbIT extends ServerContract {
    private MariaDbServer server;

    @Override
    TestServer server(Path directory) {
        server = new MariaDbServer(directory);
        return server;
    }

    @Test
    void noTextOfOursHasTheDatabasesOwnCharacterSet() {
        List<?> others = database().call(manager -> manager.createNativeQuery("select concat(table_name, '.', column_name)"
                + " from information_schema.columns where table_schema = 'hydra' and table_name <> 'schema_history'"
                + " and collation_name <> 'utf8mb4_bin'", String.class).getResultList());
        assertThat(others).isEmpty();
    }

    @Test
    void everyTableOfOursHasTransactions() {
        List<?> engines = database().call(manager -> manager.createNativeQuery("select distinct engine from information_schema.tables"
                + " where table_schema = 'hydra' and table_name <> 'schema_history'", String.class).getResultList());
        assertThat(engines).isEqualTo(List.of("InnoDB"));
    }

    @Test
    void mariaDbsOwnAddressLeadsToTheSameDatabase() {
        database().run(manager -> manager.persist(row("here", "salt")));
        try (Database same = open(server.settings("mariadb", "hydra", TestServer.OWNER, TestServer.PASSWORD))) {
            assertThat(same.<Boolean>call(manager -> manager.find(EncryptionKeyRow.class, "here") != null)).isTrue();
        }
    }

    @Test
    void aDatabaseOfOthersIsRefused() {
        refused(server.settings("mysql", TestServer.READER, TestServer.PASSWORD), GRANT);
    }
}
