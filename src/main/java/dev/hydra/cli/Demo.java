package dev.hydra.cli;

import dev.hydra.demo.SimulatedGemini;
import dev.hydra.store.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The simulated Gemini of {@code --demo}, and settings that use it and nothing of the user's own. */
final class Demo implements AutoCloseable {
    private final SimulatedGemini gemini;
    private final Path directory;
    private final Map<String, String> flags = new HashMap<>();

    /** @param home directory that was asked for, which gets a {@code demo} within; without one, all that is stored goes at the end */
    Demo(Optional<Path> home) {
        try {
            directory = Files.createTempDirectory("hydra-demo-");
            Path keys = directory.resolve("keys.json");
            Files.writeString(keys, keysFile());
            gemini = SimulatedGemini.demo().start();
            flags.put("HYDRA_GEMINI_URL", gemini.url().toString());
            // All sources of keys are taken, so that no real key of the user's gets into the demo.
            flags.put("HYDRA_KEYS_FILE", keys.toString());
            flags.put("GEMINI_API_KEYS", String.join(",", SimulatedGemini.demoKeys()));
            flags.put("GEMINI_API_KEY", SimulatedGemini.demoKeys().getFirst());
            // So are database and secret: a simulated refusal must not disable a stored key, nor a demo reach a database in use.
            for (String real : List.of("HYDRA_DB_USER", "HYDRA_DB_PASSWORD", "HYDRA_DB_JNDI", "HYDRA_SECRET")) {
                flags.put(real, "");
            }
            if (home.isEmpty()) {
                flags.put("HYDRA_HOME", directory.toString());
                flags.put("HYDRA_DB_URL", "jdbc:h2:mem:demo;DB_CLOSE_DELAY=-1");
                flags.put("HYDRA_SECRET_FILE", directory.resolve("secret.key").toString());
            } else {
                Path own = home.get().toAbsolutePath().resolve("demo");
                PrivateFiles.createDirectory(own);
                flags.put("HYDRA_DB_URL", "jdbc:h2:file:" + own.resolve("hydra") + ";DB_CLOSE_ON_EXIT=FALSE");
                flags.put("HYDRA_SECRET_FILE", own.resolve("secret.key").toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Settings that win over all others. */
    Map<String, String> flags() {
        return flags;
    }

    private static String keysFile() {
        List<String> entries = SimulatedGemini.demoKeys().stream()
                .map(key -> "{\"api_key\":\"" + key + "\",\"email\":\"" + key + "@example.com\"}").toList();
        return "[" + String.join(",", entries) + "]";
    }

    @Override
    public void close() {
        gemini.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
