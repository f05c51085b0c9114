package dev.hydra.store;

import dev.hydra.Component;
import dev.hydra.secret.Secret;
import dev.hydra.settings.Settings;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encryption at rest: AES-256-GCM with the key of {@code HYDRA_SECRET}, else of the file {@code HYDRA_SECRET_FILE}, which is made at first
 * start.
 *
 * <p>An encrypted text is {@code v1:<key id>:<base64 of nonce and ciphertext>}. It names its key, so that rows under an old and a new key
 * can live side by side while they are re-keyed, and it is bound to a purpose, so that a ciphertext moved to another row or column does not
 * open.
 */
@Component
public final class Encryption {
    private static final String VERSION = "v1";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final EncryptionKey key;

    /**
     * Finds the key, or makes it with a new database, and proves that it is the one that the database was encrypted with.
     *
     * @throws StoreUnavailable when it is not; the message tells the operator what to set
     */
    @Inject
    public Encryption(Settings settings, Database database) {
        this(ProvenKey.of(settings.encryption(), database, Clock.systemUTC()));
    }

    Encryption(EncryptionKey key) {
        this.key = key;
    }

    /** Public name of the key in use: 8 hex digits. */
    public String keyId() {
        return key.id();
    }

    /**
     * Encrypts a secret; each time to another text, about 1.4 × as long and 60 characters.
     *
     * @param purpose table, column and row that the text is for, e.g. {@code provider_key.secret:17}; needed again to decrypt
     */
    public String encrypt(Secret plain, String purpose) {
        return encrypt(plain.reveal().getBytes(StandardCharsets.UTF_8), purpose);
    }

    /** As {@link #encrypt(Secret, String)}, for what is no text. */
    public String encrypt(byte[] plain, String purpose) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, purpose);
            byte[] sealed = cipher.doFinal(plain);
            byte[] whole = ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array();
            return VERSION + ":" + key.id() + ":" + Base64.getEncoder().encodeToString(whole);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    /**
     * Decrypts what {@link #encrypt} gave for the same purpose.
     *
     * @throws IllegalArgumentException when the text was changed, belongs to another purpose, or was encrypted with another key
     */
    public Secret decrypt(String text, String purpose) {
        return Secret.of(new String(decryptBytes(text, purpose), StandardCharsets.UTF_8));
    }

    /** As {@link #decrypt}, for what {@link #encrypt(byte[], String)} gave. */
    public byte[] decryptBytes(String text, String purpose) {
        String[] parts = text.split(":", 3);
        if (parts.length != 3 || !parts[0].equals(VERSION)) {
            throw new IllegalArgumentException("not an encrypted text, for " + purpose);
        }
        if (!parts[1].equals(key.id())) {
            throw new IllegalArgumentException("encrypted with the key " + parts[1] + " while this server has " + key.id() + ", for "
                    + purpose);
        }
        byte[] whole = Base64.getDecoder().decode(parts[2]);
        if (whole.length < NONCE_BYTES + TAG_BITS / 8) {
            throw new IllegalArgumentException("an encrypted text is cut short, for " + purpose);
        }
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(whole, NONCE_BYTES), purpose);
            return cipher.doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES);
        } catch (AEADBadTagException e) {
            throw new IllegalArgumentException("an encrypted text was changed or belongs elsewhere, for " + purpose, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String purpose) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD((VERSION + ":" + key.id() + ":" + purpose).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
