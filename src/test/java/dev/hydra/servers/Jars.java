package dev.hydra.servers;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Files of libraries on the tests' class path. */
final class Jars {
    private Jars() {
    }

    static Path postgresDriver() {
        try {
            return Path.of(Class.forName("org.postgresql.Driver").getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
