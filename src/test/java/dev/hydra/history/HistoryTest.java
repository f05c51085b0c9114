package dev.hydra.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hydra.access.Caller;
import dev.hydra.dialect.Archive;
import dev.hydra.dialect.Archive.Kept;
import dev.hydra.settings.Settings;
import dev.hydra.settings.TestSettings;
import dev.hydra.store.Database;
import dev.hydra.store.Encryption;
import dev.hydra.wire.Json;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kept responses, with a real database. */
class HistoryTest {
    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    private static final Duration KEEP = Duration.ofDays(30);

    @TempDir
    private Path home;
    private Database database;
    private KeptResponses rows;

    @BeforeEach
    void open() {
        Settings settings = TestSettings.in(home);
        database = new Database(settings);
        rows = new KeptResponses(database, new Envelope(new Encryption(settings, database)));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private History at(Instant moment) {
        return new History(rows, KEEP, Clock.fixed(moment, ZoneOffset.UTC), duration -> {
        });
    }

    private static Caller caller(String token) {
        return new Caller(Optional.of(token), "t", "127.0.0.1");
    }

    private static Kept kept(String id, String previous, String said) {
        return new Kept(id, previous, Json.string(said), Json.object("{\"id\":\"" + id + "\",\"output\":[]}"), JsonValue.NULL, 100);
    }

    @Test
    void aConversationIsFoundFromTheQueueAndFromTheDatabaseByItsOwnTokenAlone() {
        try (History history = at(NOW)) {
            Archive mine = history.of(caller("a"));
            mine.keep(kept("resp_1", "", "one"));
            mine.keep(kept("resp_2", "resp_1", "two"));
            assertThat(mine.chain("resp_2")).extracting(Kept::id).containsExactly("resp_1", "resp_2");
        }
        try (History history = at(NOW.plus(Duration.ofDays(1)))) {
            history.of(caller("a")).keep(kept("resp_3", "resp_2", "three"));
            List<Kept> chain = history.of(caller("a")).chain("resp_3");
            assertThat(chain).extracting(Kept::id).containsExactly("resp_1", "resp_2", "resp_3");
            assertThat(chain).extracting(Kept::input).containsExactly(Json.string("one"), Json.string("two"), Json.string("three"));
            assertThat(history.of(caller("b")).chain("resp_3")).isEmpty();
            assertThat(history.of(caller("b")).find("resp_1")).isEmpty();
            assertThat(history.of(caller("b")).delete("resp_1")).isFalse();
            assertThat(history.of(caller("a")).find("resp_1")).isPresent();
        }
    }

    @Test
    void aLongTextIsKeptWholeAndUnreadable() throws IOException {
        String secret = "The treasure lies under the old oak. ";
        try (History history = at(NOW)) {
            history.of(caller("a")).keep(kept("resp_1", "", secret + "x".repeat(1000) + "\ud83d\ude00" + noise()));
        }
        assertThat(rows.one("a", "resp_1", NOW).getFirst().input())
                .isEqualTo(Json.string(secret + "x".repeat(1000) + "\ud83d\ude00" + noise()));
        long pieces = database.call(manager -> manager.createQuery("select count(p) from PieceRow p", Long.class).getSingleResult());
        assertThat(pieces).isGreaterThan(1);
        database.close();
        assertThat(Files.readString(home.resolve("hydra.mv.db"), StandardCharsets.ISO_8859_1)).doesNotContain("treasure");
    }

    /** Something that no compressor makes small. */
    private static String noise() {
        StringBuilder noise = new StringBuilder();
        long seed = 42;
        for (int i = 0; i < 20_000; i++) {
            seed = seed * 6364136223846793005L + 1442695040888963407L;
            noise.append((char) ('a' + Math.floorMod(seed >> 33, 26)));
        }
        return noise.toString();
    }

    @Test
    void aConversationLivesAsLongAsItIsContinuedAndThenGoes() {
        try (History history = at(NOW)) {
            history.of(caller("a")).keep(kept("resp_1", "", "one"));
        }
        Instant later = NOW.plus(Duration.ofDays(29));
        try (History history = at(later)) {
            history.of(caller("a")).keep(kept("resp_2", "resp_1", "two"));
        }
        assertThat(rows.chain("a", "resp_2", NOW.plus(Duration.ofDays(40)))).hasSize(2);
        Instant end = later.plus(KEEP);
        assertThat(rows.chain("a", "resp_2", end)).isEmpty();
        try (History history = at(end)) {
            assertThat(history.of(caller("a")).find("resp_1")).isEmpty();
            await().until(() -> database.call(manager -> manager.createQuery("select count(p) from PieceRow p", Long.class)
                    .getSingleResult()) == 0);
        }
    }

    @Test
    void whatIsDeletedIsGoneAndCannotBeBuiltOn() {
        try (History history = at(NOW)) {
            Archive mine = history.of(caller("a"));
            mine.keep(kept("resp_1", "", "one"));
            mine.keep(kept("resp_2", "resp_1", "two"));
            assertThat(mine.delete("resp_1")).isTrue();
            assertThat(mine.find("resp_1")).isEmpty();
            assertThat(mine.delete("resp_1")).isFalse();
        }
        assertThat(rows.chain("a", "resp_2", NOW)).isEmpty();
    }

    @Test
    void aDatabaseThatCannotBeAskedIsNotAnUnknownResponse() {
        try (History history = at(NOW)) {
            database.close();
            assertThatThrownBy(() -> history.of(caller("a")).chain("resp_1")).isInstanceOf(Archive.Unavailable.class);
        }
    }

    @Test
    void nothingIsKeptWhenTheOperatorWantsNothingKept() {
        try (History history = new History(rows, Duration.ZERO, Clock.fixed(NOW, ZoneOffset.UTC), duration -> {
        })) {
            history.of(caller("a")).keep(kept("resp_1", "", "one"));
            assertThat(history.of(caller("a")).find("resp_1")).isEmpty();
        }
    }
}
