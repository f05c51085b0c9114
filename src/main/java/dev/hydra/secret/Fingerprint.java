package dev.hydra.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names a secret without telling it: the first 12 hex digits of its SHA-256. For logs, audit rows, shared state and the dashboard.
 */
public record Fingerprint(String value) {

    /** The fingerprint of a secret. */
    public static Fingerprint of(Secret secret) {
        return new Fingerprint(hash(secret).substring(0, 12));
    }

    /** The full SHA-256 of a secret in 64 lower-case hex digits; what is stored of an access token. */
    public static String hash(Secret secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.reveal().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
