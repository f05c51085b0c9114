package dev.hydra.keys.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A Lua script that the server runs as one atomic step.
 *
 * @param sha by which the server knows it once it was sent
 */
public record Script(String text, String sha) {

    /** Parts in this package's resources, in this order, as one script. @throws IllegalStateException when one is missing */
    public static Script of(String... parts) {
        StringBuilder text = new StringBuilder();
        for (String part : parts) {
            text.append(resource(part)).append('\n');
        }
        return new Script(text.toString(), sha(text.toString()));
    }

    private static String resource(String name) {
        try (InputStream stream = Script.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("the script " + name + " is missing");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
