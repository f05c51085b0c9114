package dev.hydra.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where Maven has put the servers. */
final class Installations {
    private Installations() {
    }

    /** A file or directory of them. */
    static Path at(String name) {
        return Path.of(System.getProperty("hydra.servers")).resolve(name);
    }

    /** The only directory in one of them: what an archive has unpacked. */
    static Path only(String name) {
        try (Stream<Path> found = Files.list(at(name))) {
            List<Path> directories = found.filter(Files::isDirectory).toList();
            if (directories.size() != 1) {
                throw new IllegalStateException(at(name) + " has " + directories);
            }
            return directories.getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
