package dev.hydra.store;

import dev.hydra.secret.Secret;
import dev.hydra.settings.Settings;
import jakarta.persistence.PersistenceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the encryption key and proves it against the database. A new key is made only together with a new database. */
final class ProvenKey {
    private static final Logger LOG = LoggerFactory.getLogger(ProvenKey.class);
    private static final String PROOF = "hydra";
    private static final String PURPOSE = "encryption_key.proof";

    private ProvenKey() {
    }

    static EncryptionKey of(Settings.Encryption settings, Database database, Clock clock) {
        Optional<EncryptionKeyRow> known = find(database);
        if (known.isPresent()) {
            return check(settings, known.get());
        }
        Secret text = settings.secret().isEmpty() ? readOrMake(settings.file()) : settings.secret();
        byte[] salt = random(16);
        EncryptionKey key = EncryptionKey.from(text, salt);
        String proof = new Encryption(key).encrypt(Secret.of(PROOF), PURPOSE);
        try {
            EncryptionKeyRow row = new EncryptionKeyRow(Base64.getEncoder().encodeToString(salt), proof, clock.instant());
            database.run(manager -> manager.persist(row));
            return key;
        } catch (PersistenceException e) {
            // Another node was first: its row decides.
            return check(settings, find(database).orElseThrow(() -> e));
        }
    }

    private static Optional<EncryptionKeyRow> find(Database database) {
        return database.call(manager -> Optional.ofNullable(manager.find(EncryptionKeyRow.class, EncryptionKeyRow.CURRENT)));
    }

    private static EncryptionKey check(Settings.Encryption settings, EncryptionKeyRow row) {
        String needed = row.proof.split(":", 3)[1];
        Secret text = settings.secret().isEmpty() ? read(settings.file(), needed) : settings.secret();
        EncryptionKey key = EncryptionKey.from(text, Base64.getDecoder().decode(row.salt));
        String source = settings.secret().isEmpty() ? "HYDRA_SECRET_FILE (" + settings.file() + ")" : "HYDRA_SECRET";
        if (!key.id().equals(needed)) {
            throw new StoreUnavailable("The database was encrypted with the key " + needed + ", but " + source + " gives the key "
                    + key.id()
                    + ". Set HYDRA_SECRET or HYDRA_SECRET_FILE to what it was when the database was made.");
        }
        try {
            new Encryption(key).decrypt(row.proof, PURPOSE);
            return key;
        } catch (IllegalArgumentException e) {
            throw new StoreUnavailable("The database's own proof of the encryption key " + needed + " is damaged; restore the database.",
                    e);
        }
    }

    private static Secret read(Path file, String needed) {
        if (!Files.exists(file)) {
            throw new StoreUnavailable("The database was encrypted with the key " + needed
                    + ", but HYDRA_SECRET is not set and the file " + file
                    + " (HYDRA_SECRET_FILE) is missing. Restore the file.");
        }
        return content(file);
    }

    private static Secret readOrMake(Path file) {
        try {
            String made = EncryptionKey.RAW + Base64.getEncoder().encodeToString(random(EncryptionKey.BYTES)) + "\n";
            if (!Files.exists(file) && PrivateFiles.createWhole(file, made.getBytes(StandardCharsets.UTF_8))) {
                LOG.info("Made the encryption key {}. Keep a copy: without it the stored keys cannot be read.", file);
            }
        } catch (IOException e) {
            throw new StoreUnavailable("HYDRA_SECRET_FILE: " + file + " cannot be made: " + e, e);
        }
        return content(file);
    }

    private static Secret content(Path file) {
        try {
            if (PrivateFiles.readableByOthers(file)) {
                LOG.warn("Other users of this machine can read the encryption key {}; take that right away (chmod 600).", file);
            }
            Secret text = Secret.of(Files.readString(file).strip());
            if (text.isEmpty()) {
                throw new StoreUnavailable("HYDRA_SECRET_FILE: " + file + " is empty");
            }
            return text;
        } catch (IOException e) {
            throw new StoreUnavailable("HYDRA_SECRET_FILE: " + file + " cannot be read: " + e, e);
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
