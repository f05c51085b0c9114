package dev.hydra.store;

import dev.hydra.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * An AES-256 key and its public name.
 *
 * @param id 8 hex digits made from the key by HMAC, from which it cannot be found
 */
record EncryptionKey(String id, SecretKey key) {
    /** Starts a text that is a key by itself; any other text is a passphrase. */
    static final String RAW = "v1:";
    static final int BYTES = 32;

    /** OWASP Password Storage Cheat Sheet, 2023, for PBKDF2-HMAC-SHA256. */
    private static final int ITERATIONS = 600_000;

    /**
     * The key that a text stands for: {@code v1:} and 32 bytes in base64 are the key itself; anything else is stretched with PBKDF2, since
     * an operator's own text may be easy to guess.
     *
     * @throws StoreUnavailable when a text that starts with {@code v1:} is no key
     */
    static EncryptionKey from(Secret text, byte[] salt) {
        try {
            return named(text.reveal().startsWith(RAW) ? raw(text.reveal().substring(RAW.length())) : stretched(text.reveal(), salt));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES, HMAC-SHA256 and PBKDF2", e);
        }
    }

    private static byte[] raw(String base64) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException e) {
            key = new byte[0];
        }
        if (key.length != BYTES) {
            throw new StoreUnavailable("The encryption key is damaged: after \"v1:\" it must be 32 bytes in base64");
        }
        return key;
    }

    private static byte[] stretched(String passphrase, byte[] salt) throws GeneralSecurityException {
        PBEKeySpec spec = new PBEKeySpec(passphrase.toCharArray(), salt, ITERATIONS, BYTES * 8);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
        } finally {
            spec.clearPassword();
        }
    }

    private static EncryptionKey named(byte[] key) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        byte[] name = mac.doFinal("hydra key id".getBytes(StandardCharsets.UTF_8));
        return new EncryptionKey(HexFormat.of().formatHex(Arrays.copyOf(name, 4)), new SecretKeySpec(key, "AES"));
    }

    @Override
    public String toString() {
        return "EncryptionKey[" + id + "]";
    }
}
