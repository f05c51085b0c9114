package dev.hydra.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * Brings the schema to the newest version. The scripts are named here: no class path is scanned, since each server packs it differently.
 */
final class Migrations implements ResourceProvider {
    static final List<String> SCRIPTS = List.of(
            "V1__provider_keys.sql",
            "V2__access_tokens.sql",
            "V3__audit.sql",
            "V4__encryption_key.sql");

    private static final String FOLDER = "db/migration/";

    private final boolean mySql;

    private Migrations(boolean mySql) {
        this.mySql = mySql;
    }

    /** @throws StoreUnavailable when a script fails or the schema was made by a newer Hydra */
    static void run(DataSource dataSource) {
        try {
            Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(dataSource)
                    .resourceProvider(new Migrations(isMySql(dataSource)))
                    .placeholderReplacement(false)
                    .table("schema_history")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new StoreUnavailable("The database schema cannot be brought up to date: " + firstLine(e.getMessage()) + advice(e), e);
        } catch (SQLException e) {
            throw new StoreUnavailable("The database cannot be used: " + e.getMessage() + JdbcAddress.advice(e), e);
        }
    }

    private static boolean isMySql(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            String product = connection.getMetaData().getDatabaseProductName();
            return product.startsWith("MariaDB") || product.startsWith("MySQL");
        }
    }

    private static String advice(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return " (" + firstLine(String.valueOf(sql.getMessage())) + ")" + JdbcAddress.advice(sql);
            }
        }
        return "";
    }

    private static String firstLine(String message) {
        return message.lines().map(String::strip).filter(line -> !line.isEmpty()).findFirst().orElse("no reason given");
    }

    @Override
    public @Nullable LoadableResource getResource(String name) {
        return SCRIPTS.stream()
                .filter(script -> name.equals(script) || name.equals(FOLDER + script))
                .findFirst().map(this::script).orElse(null);
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return SCRIPTS.stream()
                .filter(script -> script.startsWith(prefix) && List.of(suffixes).stream().anyMatch(script::endsWith))
                .<LoadableResource>map(this::script)
                .toList();
    }

    private LoadableResource script(String name) {
        return new Script(name, mySql);
    }

    /**
     * A script from the class path, by its name. On MySQL and MariaDB every table gets its engine and character set: by default ids there
     * ignore case and accents, and a database may be set up to know no emoji or no transactions.
     */
    private static final class Script extends LoadableResource {
        private static final String TABLE_END = "\n);";
        private static final String MYSQL_TABLE_END = "\n) engine=InnoDB default character set utf8mb4 collate utf8mb4_bin;";

        private final String name;
        private final boolean mySql;

        Script(String name, boolean mySql) {
            this.name = name;
            this.mySql = mySql;
        }

        @Override
        public Reader read() {
            try (InputStream in = Migrations.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
                if (in == null) {
                    throw new IllegalStateException(FOLDER + name + " is named in Migrations but is not in the application");
                }
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                return new StringReader(mySql ? text.replace(TABLE_END, MYSQL_TABLE_END) : text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String getAbsolutePath() {
            return FOLDER + name;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return FOLDER + name;
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return FOLDER + name;
        }
    }
}
