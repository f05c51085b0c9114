package dev.hydra.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.hydra.access.Token;
import dev.hydra.access.Tokens;
import dev.hydra.keys.KeyDesk;
import dev.hydra.keys.KeyEntry;
import dev.hydra.keys.KeyList;
import dev.hydra.secret.Secret;
import dev.hydra.settings.Settings;
import dev.hydra.settings.TestSettings;
import jakarta.persistence.PersistenceException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Hydra relies on, whatever the database. */
abstract class DatabaseContract {
    private static final Instant MOMENT = Instant.parse("2038-01-19T03:14:08.123Z");

    @TempDir
    private Path home;

    /** Settings that lead to an empty database. */
    abstract Map<String, String> emptyDatabase();

    @Test
    void schemaRowsAndEncryptionSurviveARestartOfHydra() {
        Settings settings = settings(Map.of());
        String stored;
        try (Database database = new Database(settings)) {
            stored = new Encryption(settings, database).encrypt(Secret.of("a key"), "test");
        }
        try (Database database = new Database(settings)) {
            assertThat(new Encryption(settings, database).decrypt(stored, "test")).isEqualTo(Secret.of("a key"));
            EncryptionKeyRow row = database.call(manager -> manager.find(EncryptionKeyRow.class, EncryptionKeyRow.CURRENT));
            assertThat(row.created).isBetween(Instant.now().minusSeconds(600), Instant.now());
        }
    }

    @Test
    void twoNodesThatStartTogetherAgreeOnOneKey() {
        Settings settings = settings(Map.of("HYDRA_SECRET", "shared"));
        try (Database one = new Database(settings); Database other = new Database(settings)) {
            Encryption first = new Encryption(settings, one);
            Encryption second = new Encryption(settings, other);
            assertThat(second.decrypt(first.encrypt(Secret.of("a key"), "test"), "test")).isEqualTo(Secret.of("a key"));
        }
    }

    @Test
    void idsThatDifferInCaseOrAccentAreDifferentRows() {
        List<String> ids = List.of("a", "A", "ä", "Ä", "\uD83D\uDC0D", "\uD83D\uDC32");
        try (Database database = new Database(settings(Map.of()))) {
            database.run(manager -> ids.forEach(id -> manager.persist(row(id, "salt of " + id))));
            ids.forEach(id -> assertThat(database.<String>call(manager -> manager.find(EncryptionKeyRow.class, id).salt))
                    .isEqualTo("salt of " + id));
        }
    }

    @Test
    void aTextFillsItsColumnAndIsRefusedWhenItIsLonger() {
        String full = "\u20AC".repeat(64);
        try (Database database = new Database(settings(Map.of()))) {
            database.run(manager -> manager.persist(row("full", full)));
            assertThat(database.<String>call(manager -> manager.find(EncryptionKeyRow.class, "full").salt)).isEqualTo(full);
            assertThatThrownBy(() -> database.run(manager -> manager.persist(row("long", full + "x"))))
                    .isInstanceOf(PersistenceException.class);
            assertThat(database.<Boolean>call(manager -> manager.find(EncryptionKeyRow.class, "long") == null)).isTrue();
        }
    }

    @Test
    void anExceptionRollsAWholeBatchBack() {
        IllegalStateException failure = new IllegalStateException("no");
        try (Database database = new Database(settings(Map.of()))) {
            assertThatThrownBy(() -> database.run(manager -> {
                Stream.iterate(0, i -> i + 1).limit(250).forEach(i -> manager.persist(row("row" + i, "salt")));
                manager.flush();
                throw failure;
            })).isSameAs(failure);
            assertThat(database.<Long>call(manager -> manager
                    .createQuery("select count(r) from EncryptionKeyRow r", Long.class).getSingleResult())).isZero();
        }
    }

    @Test
    void tokensOfOneNodeAreKnownToAnother() {
        Settings settings = settings(Map.of());
        try (Database database = new Database(settings); Tokens one = new Tokens(database, settings, Clock.systemUTC())) {
            Token made = one.create("caf\u00E9 \uD83D\uDC0D", Optional.empty(), Optional.empty()).token();
            try (Tokens other = new Tokens(database, settings, Clock.systemUTC())) {
                assertThat(other.list()).extracting(Token::id, Token::name)
                        .containsExactly(tuple(made.id(), made.name()));
                assertThat(other.revoke(made.id())).get()
                        .satisfies(revoked -> assertThat(revoked.state(Instant.now())).isEqualTo(Token.State.REVOKED));
            }
            assertThat(one.list()).extracting(token -> token.state(Instant.now())).containsExactly(Token.State.REVOKED);
        }
    }

    @Test
    void providerKeysSurviveARestartOfHydra() {
        Settings settings = settings(Map.of("HYDRA_GEMINI_URL", "http://127.0.0.1:1"));
        List<KeyEntry> before = keys(settings, true);
        assertThat(before).hasSize(300);
        assertThat(keys(settings, false)).extracting(KeyEntry::id).isEqualTo(before.stream().map(KeyEntry::id).toList());
    }

    private static List<KeyEntry> keys(Settings settings, boolean add) {
        String texts = Stream.iterate(0, i -> i + 1).limit(300).map(i -> "\"provider-key-number-" + i + "\"")
                .collect(Collectors.joining(",", "[", "]"));
        try (Database database = new Database(settings);
                KeyDesk desk = new KeyDesk(settings, database, new Encryption(settings, database), Clock.systemUTC())) {
            if (add) {
                desk.keys().add(KeyList.parse(texts), "cli");
            }
            return desk.keys().list();
        }
    }

    private static EncryptionKeyRow row(String id, String salt) {
        EncryptionKeyRow row = new EncryptionKeyRow(salt, "proof", MOMENT);
        row.id = id;
        return row;
    }

    private Settings settings(Map<String, String> more) {
        Map<String, String> texts = new HashMap<>(emptyDatabase());
        texts.putAll(more);
        return TestSettings.in(home, texts);
    }
}
