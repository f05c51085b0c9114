package dev.hydra.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydra.secret.Secret;
import dev.hydra.settings.Settings;
import dev.hydra.settings.TestSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store on a real PostgreSQL. */
class PostgresIT {
    @TempDir
    private Path home;

    @Test
    void schemaRowsAndEncryptionSurviveARestartOfHydra() throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            Settings settings = TestSettings.in(home, Map.of("HYDRA_DB_URL", postgres.getJdbcUrl("postgres", "postgres")));
            String stored;
            try (Database database = new Database(settings)) {
                stored = new Encryption(settings, database).encrypt(Secret.of("a key"), "test");
                assertThat(home.resolve("hydra.mv.db")).doesNotExist();
            }
            try (Database database = new Database(settings)) {
                assertThat(new Encryption(settings, database).decrypt(stored, "test")).isEqualTo(Secret.of("a key"));
                EncryptionKeyRow row = database.call(manager -> manager.find(EncryptionKeyRow.class, EncryptionKeyRow.CURRENT));
                assertThat(row.created).isBetween(Instant.now().minusSeconds(600), Instant.now());
            }
        }
    }

    @Test
    void twoNodesThatStartTogetherAgreeOnOneKey() throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            Map<String, String> texts = Map.of("HYDRA_DB_URL", postgres.getJdbcUrl("postgres", "postgres"), "HYDRA_SECRET", "shared");
            Settings settings = TestSettings.in(home, texts);
            try (Database one = new Database(settings); Database other = new Database(settings)) {
                Encryption first = new Encryption(settings, one);
                Encryption second = new Encryption(settings, other);
                assertThat(second.decrypt(first.encrypt(Secret.of("a key"), "test"), "test")).isEqualTo(Secret.of("a key"));
            }
            Settings wrong = TestSettings.in(home.resolve("other"), Map.of("HYDRA_DB_URL", texts.get("HYDRA_DB_URL")));
            try (Database database = new Database(wrong)) {
                assertThatThrownBy(() -> new Encryption(wrong, database)).isInstanceOf(StoreUnavailable.class)
                        .hasMessageContaining("(HYDRA_SECRET_FILE) is missing");
            }
        }
    }
}
