package dev.hydra.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The gateway as a user starts it, by the launcher, with everything on: 100 keys, a token, audit to the embedded database. */
final class GatewayProcess implements AutoCloseable {
    private static final int KEYS = 100;

    private final LocalProcess process;
    private final String token;

    private GatewayProcess(LocalProcess process, String token) {
        this.process = process;
        this.token = token;
    }

    static GatewayProcess start(Path launcher, Path directory, int provider) {
        return start(launcher, directory, provider, Map.of());
    }

    /** @param settings beyond the benchmark's usual ones */
    static GatewayProcess start(Path launcher, Path directory, int provider, Map<String, String> settings) {
        try {
            Path home = Files.createDirectories(directory.resolve("gateway"));
            int port = LocalProcess.freePort();
            String keys = IntStream.range(0, KEYS).mapToObj(i -> "benchmark-key-" + i).collect(Collectors.joining(","));
            // "learn" counts every request and token against limits; only the built-in limits of the free tier are left out.
            Map<String, String> environment = new HashMap<>(Map.of("HYDRA_HOME", home.toString(), "HYDRA_GEMINI_URL",
                    "http://127.0.0.1:" + provider, "GEMINI_API_KEYS", keys, "HYDRA_POOL_LIMITS", "learn"));
            environment.putAll(settings);
            String token = createToken(launcher, directory, environment);
            LocalProcess process = LocalProcess.start(List.of(launcher.toString(), "gateway", "--port", Integer.toString(port)), port,
                    directory.resolve("gateway.txt"), environment);
            return new GatewayProcess(process, token);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String createToken(Path launcher, Path directory, Map<String, String> environment) throws IOException {
        Process created = LocalProcess.builder(List.of(launcher.toString(), "tokens", "create", "--name", "bench"), directory, environment)
                .redirectError(directory.resolve("token.txt").toFile()).start();
        String token = new String(created.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (token.isEmpty()) {
            throw new IllegalStateException("no token was made:\n" + Files.readString(directory.resolve("token.txt")));
        }
        return token;
    }

    LocalProcess process() {
        return process;
    }

    String token() {
        return token;
    }

    @Override
    public void close() {
        process.close();
    }
}
