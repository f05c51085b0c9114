package dev.hydra.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
            "V4__encryption_key.sql",
            "V10__pool_limits.sql",
            "V11__model_names.sql",
            "V20__kept_responses.sql",
            "V30__provider_objects.sql",
            "V40__usage_caps.sql",
            "V50__stored_changes.sql");

    private static final String FOLDER = "db/migration/";

    private Migrations() {
    }

    /** @throws StoreUnavailable when a script fails or the schema was made by a newer Hydra */
    static void run(DataSource dataSource) {
        try {
            Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(dataSource)
                    .resourceProvider(new Migrations())
                    .placeholderReplacement(false)
                    .table("schema_history")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            Refusal refusal = Refusal.of(e);
            throw new StoreUnavailable("The database schema cannot be brought up to date: " + firstLine(e.getMessage())
                    + (refusal.state().isEmpty() ? "" : " (" + refusal.words() + ")" + refusal.advice()), e);
        }
    }

    private static String firstLine(String message) {
        return message.lines().map(String::strip).filter(line -> !line.isEmpty()).findFirst().orElse("no reason given");
    }

    @Override
    public @Nullable LoadableResource getResource(String name) {
        return SCRIPTS.stream()
                .filter(script -> name.equals(script) || name.equals(FOLDER + script))
                .findFirst().map(Script::new).orElse(null);
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return SCRIPTS.stream()
                .filter(script -> script.startsWith(prefix) && List.of(suffixes).stream().anyMatch(script::endsWith))
                .<LoadableResource>map(Script::new)
                .toList();
    }

    /** A script from the class path, by its name. */
    private static final class Script extends LoadableResource {
        private final String name;

        Script(String name) {
            this.name = name;
        }

        @Override
        public Reader read() {
            try (InputStream in = Migrations.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
                if (in == null) {
                    throw new IllegalStateException(FOLDER + name + " is named in Migrations but is not in the application");
                }
                return new StringReader(new String(in.readAllBytes(), StandardCharsets.UTF_8));
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
