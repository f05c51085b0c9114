package dev.hydra.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.access.Caller;
import dev.hydra.gateway.PictureHost.Picture;
import dev.hydra.settings.Settings;
import dev.hydra.settings.TestSettings;
import dev.hydra.store.Database;
import dev.hydra.store.Encryption;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kept pictures, with a real database. */
class KeptPicturesTest {
    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    private static final Picture BOAT = new Picture("image/png", new byte[] {(byte) 0x89, 'P', 'N', 'G', '\n', 0, 1, 2});

    @TempDir
    private Path home;
    private Database database;
    private Encryption encryption;
    private KeptResponses rows;

    @BeforeEach
    void open() {
        Settings settings = TestSettings.in(home);
        database = new Database(settings);
        encryption = new Encryption(settings, database);
        rows = new KeptResponses(database, new Envelope(encryption));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private KeptPictures at(Instant moment) {
        return new KeptPictures(rows, encryption, Duration.ofHours(1), Clock.fixed(moment, ZoneOffset.UTC));
    }

    private static void assertBoat(Optional<Picture> found) {
        assertThat(found).hasValueSatisfying(picture -> {
            assertThat(picture.type()).isEqualTo(BOAT.type());
            assertThat(picture.bytes()).isEqualTo(BOAT.bytes());
        });
    }

    @Test
    void aPictureIsFoundUntilItsTimeIsOver() {
        String name = at(NOW).keep(BOAT).orElseThrow();

        assertThat(name).matches("[A-Za-z0-9_-]+");
        assertBoat(at(NOW.plus(Duration.ofMinutes(59))).find(name));
        assertThat(at(NOW.plus(Duration.ofHours(1))).find(name)).isEmpty();
        rows.sweep(NOW.plus(Duration.ofHours(1)));
        assertThat(at(NOW).find(name)).isEmpty();
    }

    @Test
    void aLargePictureIsManyRowsAndTheSame() {
        byte[] large = new byte[100_000];
        large[99_999] = 7;

        assertThat(at(NOW).find(at(NOW).keep(new Picture("image/jpeg", large)).orElseThrow()).orElseThrow().bytes()).isEqualTo(large);
    }

    @Test
    void aNameThatWasChangedOrMadeUpIsNone() {
        String name = at(NOW).keep(BOAT).orElseThrow();
        char last = name.charAt(name.length() - 8);

        for (String other : new String[] {"", "x", "%", "pic_1", name.substring(1), name + "AAAA",
            name.substring(0, name.length() - 8) + (last == 'A' ? 'B' : 'A') + name.substring(name.length() - 7),
            Base64.getUrlEncoder().encodeToString("pic_1\n9999999999999".getBytes(StandardCharsets.UTF_8))}) {
            assertThat(at(NOW).find(other)).as(other).isEmpty();
        }
    }

    @Test
    void noCallerFindsAPictureAsAResponse() {
        at(NOW).keep(BOAT);
        String id = database.call(manager -> manager.createQuery("select r.id from KeptRow r", String.class).getSingleResult());

        try (History history = new History(rows, Duration.ofDays(1), Clock.fixed(NOW, ZoneOffset.UTC), length -> {
        })) {
            assertThat(history.of(new Caller(Optional.empty(), "local", "127.0.0.1")).chain(id)).isEmpty();
        }
    }

    @Test
    void whereNoneAreKeptThereIsNoName() {
        assertThat(new KeptPictures(rows, encryption, Duration.ZERO, Clock.systemUTC()).keep(BOAT)).isEmpty();
    }
}
