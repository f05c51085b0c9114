package dev.hydra.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.hydra.access.Token;
import dev.hydra.access.Tokens;
import dev.hydra.keys.Cap;
import dev.hydra.keys.CapProgress;
import dev.hydra.keys.KeyDesk;
import dev.hydra.keys.KeyEntry;
import dev.hydra.keys.KeyList;
import dev.hydra.keys.LeaseRequest;
import dev.hydra.keys.Offer;
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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What Hydra relies on, whatever the database. One is started for all tests of a class, and opened once for all that need no restart. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DatabaseContract {
    private static final Instant MOMENT = Instant.parse("2038-01-19T03:14:08.123Z");

    private Path directory = Path.of("");
    private Map<String, String> address = Map.of();
    private Database database;

    /** Starts the database, empty, with what it keeps in this directory; gives the settings by which Hydra reaches it. */
    abstract Map<String, String> start(Path directory);

    abstract void stop();

    @BeforeAll
    final void open(@TempDir Path given) {
        directory = given;
        address = start(directory);
        database = open(address);
    }

    @AfterAll
    final void close() {
        if (database != null) {
            database.close();
        }
        stop();
    }

    @BeforeEach
    final void empty() {
        database.run(manager -> manager.createQuery("delete from EncryptionKeyRow").executeUpdate());
    }

    /** The database that is opened for all tests. */
    final Database database() {
        return database;
    }

    /** Opens another database, or the same as another node does. */
    final Database open(Map<String, String> texts) {
        return new Database(settings(texts));
    }

    final Settings settings(Map<String, String> texts) {
        Map<String, String> all = new HashMap<>(texts);
        all.put("HYDRA_GEMINI_URL", "http://127.0.0.1:1");
        return TestSettings.in(directory.resolve("home"), all);
    }

    static EncryptionKeyRow row(String id, String salt) {
        EncryptionKeyRow row = new EncryptionKeyRow(salt, "proof", MOMENT);
        row.id = id;
        return row;
    }

    @Test
    void whatOneNodeStoredIsThereForTheNext() {
        Settings settings = settings(address);
        String stored = new Encryption(settings, database).encrypt(Secret.of("a key"), "test");
        List<KeyEntry> keys = keys(settings, database, true);
        assertThat(keys).hasSize(300);
        try (Database next = open(address)) {
            assertThat(new Encryption(settings, next).decrypt(stored, "test")).isEqualTo(Secret.of("a key"));
            EncryptionKeyRow row = next.call(manager -> manager.find(EncryptionKeyRow.class, EncryptionKeyRow.CURRENT));
            assertThat(row.created).isBetween(Instant.now().minusSeconds(600), Instant.now());
            assertThat(keys(settings, next, false)).extracting(KeyEntry::id).isEqualTo(keys.stream().map(KeyEntry::id).toList());
        }
    }

    private static List<KeyEntry> keys(Settings settings, Database database, boolean add) {
        String texts = Stream.iterate(0, i -> i + 1).limit(300).map(i -> "\"provider-key-number-" + i + "\"")
                .collect(Collectors.joining(",", "[", "]"));
        try (KeyDesk desk = new KeyDesk(settings, database, new Encryption(settings, database), Clock.systemUTC())) {
            if (add) {
                desk.keys().add(KeyList.parse(texts), "cli");
            }
            return desk.keys().list();
        }
    }

    @Test
    void capsAndWhatWasUsedOfThemAreKept() {
        Settings settings = settings(address);
        Cap cap = Cap.of("few", Map.of("models", "*", "limit", "5", "period", "month"));
        database.run(manager -> manager.createQuery("delete from ProviderKey k").executeUpdate());
        for (int round = 1; round <= 3; round++) {
            try (KeyDesk desk = new KeyDesk(settings, database, new Encryption(settings, database), Clock.systemUTC())) {
                desk.keys().add(KeyList.parse("{\"api_key\":\"key-of-a-cap\",\"email\":\"a@example.com\"}"), "cli");
                desk.caps().set(cap);
                Offer offer = desk.pool().lease(new LeaseRequest("gemini-2.5-flash", 0, List.of(), Set.of()));
                ((Offer.Granted) offer).lease().succeeded(1);
                CapProgress progress = desk.caps().progress().getFirst();
                assertThat(progress.cap()).isEqualTo(cap);
                assertThat(progress.accounts()).containsExactly(new CapProgress.AccountUse("a@example.com", round, round * 20));
            }
        }
        try (KeyDesk desk = new KeyDesk(settings, database, new Encryption(settings, database), Clock.systemUTC())) {
            assertThat(desk.caps().remove("few")).isTrue();
            assertThat(desk.caps().progress()).isEmpty();
            desk.keys().list().forEach(key -> desk.keys().remove(key.id()));
        }
    }

    @Test
    void idsThatDifferInCaseOrAccentAreDifferentRows() {
        List<String> ids = List.of("a", "A", "ä", "Ä", "\uD83D\uDC0D", "\uD83D\uDC32");
        database.run(manager -> ids.forEach(id -> manager.persist(row(id, "salt of " + id))));
        ids.forEach(id -> assertThat(database.<String>call(manager -> manager.find(EncryptionKeyRow.class, id).salt))
                .isEqualTo("salt of " + id));
    }

    @Test
    void aTextFillsItsColumnAndIsRefusedWhenItIsLonger() {
        String full = "\u20AC".repeat(64);
        database.run(manager -> manager.persist(row("full", full)));
        assertThat(database.<String>call(manager -> manager.find(EncryptionKeyRow.class, "full").salt)).isEqualTo(full);
        assertThatThrownBy(() -> database.run(manager -> manager.persist(row("long", full + "x"))))
                .isInstanceOf(PersistenceException.class);
        assertThat(database.<Boolean>call(manager -> manager.find(EncryptionKeyRow.class, "long") == null)).isTrue();
    }

    @Test
    void anExceptionRollsAWholeBatchBack() {
        IllegalStateException failure = new IllegalStateException("no");
        assertThatThrownBy(() -> database.run(manager -> {
            Stream.iterate(0, i -> i + 1).limit(250).forEach(i -> manager.persist(row("row" + i, "salt")));
            manager.flush();
            throw failure;
        })).isSameAs(failure);
        assertThat(database.<Long>call(manager -> manager
                .createQuery("select count(r) from EncryptionKeyRow r", Long.class).getSingleResult())).isZero();
    }

    @Test
    void tokensOfOneNodeAreKnownToAnother() {
        Settings settings = settings(address);
        try (Tokens one = new Tokens(database, settings, Clock.systemUTC())) {
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
}
