package dev.hydra.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydra.settings.Settings;
import dev.hydra.settings.TestSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTest {
    private static final Instant MOMENT = Instant.parse("2038-01-19T03:14:08.123Z");

    @TempDir
    private Path home;

    @Test
    void whatWasStoredIsThereAfterARestart() {
        try (Database database = new Database(TestSettings.in(home))) {
            database.run(manager -> manager.persist(new EncryptionKeyRow("salt", "proof", MOMENT)));
        }
        try (Database database = new Database(TestSettings.in(home))) {
            EncryptionKeyRow row = database.call(manager -> manager.find(EncryptionKeyRow.class, EncryptionKeyRow.CURRENT));
            assertThat(row.salt).isEqualTo("salt");
            assertThat(row.created).isEqualTo(MOMENT);
        }
    }

    @Test
    void anExceptionRollsBackAndIsThrownOn() {
        IllegalStateException failure = new IllegalStateException("no");
        try (Database database = new Database(TestSettings.in(home))) {
            assertThatThrownBy(() -> database.run(manager -> {
                manager.persist(new EncryptionKeyRow("salt", "proof", MOMENT));
                manager.flush();
                throw failure;
            })).isSameAs(failure);
            long rows = database.call(manager -> manager
                    .createQuery("select count(r) from EncryptionKeyRow r", Long.class).getSingleResult());
            assertThat(rows).isZero();
        }
    }

    @Test
    void filesAreOnlyTheOwners() throws IOException {
        Path inner = home.resolve("a/b");
        try (Database database = new Database(TestSettings.in(inner))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(inner))).isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(inner.resolve("hydra.mv.db")))).isEqualTo("rw-------");
            assertThat(database).isNotNull();
        }
    }

    @Test
    void aSecondProcessOnTheSameFileIsToldSo() throws Exception {
        try (Database database = new Database(TestSettings.in(home))) {
            Process second = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                    System.getProperty("java.class.path"), SecondProcess.class.getName(),
                    home.toString()).redirectErrorStream(true).start();
            String output = new String(second.getInputStream().readAllBytes());
            assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(output.lines()).contains(
                    "Another Hydra uses the database " + home.resolve("hydra.mv.db")
                            + ". Stop it, or give this one its own HYDRA_HOME or HYDRA_DB_URL.");
            assertThat(database).isNotNull();
        }
    }

    /** Opens the database of the directory given and prints why it cannot. */
    static final class SecondProcess {
        private SecondProcess() {
        }

        public static void main(String[] args) {
            try (Database database = new Database(TestSettings.in(Path.of(args[0])))) {
                System.out.println("opened " + database);
            } catch (StoreUnavailable e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void anUnreachableDatabaseIsNamedWithoutItsParameters() {
        Settings settings = database("jdbc:postgresql://127.0.0.1:1/hydra?password=hidden");
        assertThatThrownBy(() -> new Database(settings)).isInstanceOf(StoreUnavailable.class)
                .hasMessageStartingWith("The database jdbc:postgresql://127.0.0.1:1/hydra cannot be opened: ")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void anUnknownKindOfDatabaseIsRefused() {
        Settings settings = database("jdbc:oracle:thin:@//db/hydra");
        assertThatThrownBy(() -> new Database(settings)).isInstanceOf(StoreUnavailable.class)
                .hasMessage("HYDRA_DB_URL: \"jdbc:oracle:thin:@//db/hydra\" is not allowed; "
                        + "allowed: jdbc:postgresql:…, jdbc:mysql:…, jdbc:mariadb:… or jdbc:h2:…");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:mysql://root:hidden@host/hydra", "jdbc:mariadb://root:hid/d?e@n-hidden@host/hydra?x=y",
        "jdbc:postgresql://root:hidden@host/hydra"})
    void aPasswordBeforeTheHostIsRefusedAndNotShown(String url) {
        Settings settings = database(url);
        assertThatThrownBy(() -> new Database(settings)).isInstanceOf(StoreUnavailable.class)
                .hasMessageStartingWith("HYDRA_DB_URL: \"" + url.substring(0, url.indexOf("//")) + "//…@host/hydra\" names a user")
                .hasMessageEndingWith("set HYDRA_DB_USER and HYDRA_DB_PASSWORD instead").hasMessageNotContaining("hid");
    }

    @Test
    void anAtSignInAParameterIsNoUser() {
        assertThat(new JdbcAddress("jdbc:mysql://host/hydra?user=me@here").shown()).isEqualTo("jdbc:mysql://host/hydra");
        assertThat(new JdbcAddress("jdbc:mariadb:address=(host=h)(password=hidden)/hydra").shown())
                .isEqualTo("jdbc:mariadb:address=");
    }

    @Test
    void closingTwiceDoesNothing() {
        Database database = new Database(TestSettings.in(home));
        database.close();
        database.close();
        assertThatThrownBy(() -> database.run(manager -> {
        })).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void everyMigrationScriptIsNamed() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
            List<String> names = files.map(file -> file.getFileName().toString()).toList();
            assertThat(Migrations.SCRIPTS).containsExactlyInAnyOrderElementsOf(names);
        }
    }

    @Test
    void everyTableTellsMySqlItsCharacterSetAndEngine() throws IOException {
        for (String script : Migrations.SCRIPTS) {
            String text = Files.readString(Path.of("src/main/resources/db/migration", script));
            assertThat(text.split(";\\s")).filteredOn(statement -> statement.contains("create table")).allSatisfy(
                    table -> assertThat(table).endsWith("\n) /*! engine=InnoDB character set utf8mb4 collate utf8mb4_bin */"));
        }
    }

    @Test
    void aServerThatHidesItsKeyIsToldOf() {
        SQLException failure = new SQLException("RSA public key is not available client side", "S1009");
        assertThat(Refusal.of(new IllegalStateException(failure)).advice())
                .isEqualTo(" - add ?sslMode=verify-full or ?allowPublicKeyRetrieval=true to HYDRA_DB_URL.");
    }

    @Test
    void addressesOfMySqlAreServedByMariaDbsDriver() {
        JdbcAddress address = new JdbcAddress("jdbc:mysql://host:3307/hydra?sslMode=REQUIRED");
        assertThat(address.url()).isEqualTo("jdbc:mariadb://host:3307/hydra?sslMode=REQUIRED");
        assertThat(address.driver()).isEqualTo("org.mariadb.jdbc.Driver");
        assertThat(address.shown()).isEqualTo("jdbc:mysql://host:3307/hydra");
    }

    private Settings database(String url) {
        return TestSettings.in(home, Map.of("HYDRA_DB_URL", url));
    }
}
