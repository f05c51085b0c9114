package dev.hydra.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydra.secret.Secret;
import dev.hydra.settings.Settings;
import dev.hydra.settings.TestSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptionTest {
    private static final Secret PLAIN = Secret.of("a provider's key, ünïcode 🔑");
    private static final String PURPOSE = "provider_key.secret:1";

    @TempDir
    private Path home;

    @Test
    void aFileKeyIsMadePrivateAndFoundAgain() throws IOException {
        String stored;
        try (Database database = new Database(TestSettings.in(home))) {
            Encryption encryption = new Encryption(TestSettings.in(home), database);
            stored = encryption.encrypt(PLAIN, PURPOSE);
            assertThat(stored).startsWith("v1:" + encryption.keyId() + ":").doesNotContain("provider");
            assertThat(encryption.encrypt(PLAIN, PURPOSE)).as("a fresh nonce each time").isNotEqualTo(stored);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("secret.key")))).isEqualTo("rw-------");
        try (Database database = new Database(TestSettings.in(home))) {
            assertThat(new Encryption(TestSettings.in(home), database).decrypt(stored, PURPOSE)).isEqualTo(PLAIN);
        }
    }

    @Test
    void aPassphraseGivesTheSameKeyAgain() {
        Settings settings = secret("an operator's passphrase");
        try (Database database = new Database(settings)) {
            String stored = new Encryption(settings, database).encrypt(PLAIN, PURPOSE);
            assertThat(new Encryption(settings, database).decrypt(stored, PURPOSE)).isEqualTo(PLAIN);
            assertThat(home.resolve("secret.key")).doesNotExist();
        }
    }

    @Test
    void everyChangedBitIsNoticed() {
        Encryption encryption = new Encryption(EncryptionKey.from(raw(), new byte[0]));
        String stored = encryption.encrypt(PLAIN, PURPOSE);
        int start = stored.lastIndexOf(':') + 1;
        byte[] sealed = Base64.getDecoder().decode(stored.substring(start));
        for (int i = 0; i < sealed.length; i++) {
            sealed[i] ^= 1;
            String changed = stored.substring(0, start) + Base64.getEncoder().encodeToString(sealed);
            assertThatThrownBy(() -> encryption.decrypt(changed, PURPOSE)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("an encrypted text was changed or belongs elsewhere, for " + PURPOSE);
            sealed[i] ^= 1;
        }
        assertThat(encryption.decrypt(stored, PURPOSE)).isEqualTo(PLAIN);
    }

    @Test
    void aTextOfAnotherRowDoesNotOpen() {
        Encryption encryption = new Encryption(EncryptionKey.from(raw(), new byte[0]));
        String stored = encryption.encrypt(PLAIN, PURPOSE);
        assertThatThrownBy(() -> encryption.decrypt(stored, "provider_key.secret:2")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsNoEncryptedTextIsRefused() {
        Encryption encryption = new Encryption(EncryptionKey.from(raw(), new byte[0]));
        for (String text : new String[] {"", "plain", "v2:00000000:AAAA", "v1:00000000:AAAA", "v1:" + encryption.keyId() + ":AAAA",
            "v1:" + encryption.keyId() + ":%"}) {
            assertThatThrownBy(() -> encryption.decrypt(text, PURPOSE)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void anotherPassphraseStopsTheStart() {
        Settings first = secret("first");
        Settings second = secret("second");
        try (Database database = new Database(first)) {
            String id = new Encryption(first, database).keyId();
            assertThatThrownBy(() -> new Encryption(second, database)).isInstanceOf(StoreUnavailable.class)
                    .hasMessageStartingWith("The database was encrypted with the key " + id + ", but HYDRA_SECRET gives the key ")
                    .hasMessageNotContaining("second");
        }
    }

    @Test
    void aMissingKeyFileStopsTheStartAndIsNotMadeAnew() throws IOException {
        Settings settings = TestSettings.in(home);
        Path file = home.resolve("secret.key");
        try (Database database = new Database(settings)) {
            new Encryption(settings, database);
            Files.delete(file);
            assertThatThrownBy(() -> new Encryption(settings, database)).isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining(file + " (HYDRA_SECRET_FILE) is missing");
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void aDamagedKeyFileStopsTheStart() throws IOException {
        Settings settings = TestSettings.in(home);
        Files.writeString(home.resolve("secret.key"), "v1:AAAA\n");
        try (Database database = new Database(settings)) {
            assertThatThrownBy(() -> new Encryption(settings, database)).isInstanceOf(StoreUnavailable.class)
                    .hasMessage("The encryption key is damaged: after \"v1:\" it must be 32 bytes in base64");
        }
    }

    private Settings secret(String passphrase) {
        return TestSettings.in(home, Map.of("HYDRA_SECRET", passphrase));
    }

    private static Secret raw() {
        return Secret.of("v1:" + Base64.getEncoder().encodeToString(new byte[32]));
    }
}
