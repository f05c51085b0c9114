package dev.hydra.bench;

import dev.hydra.settings.Origin;
import dev.hydra.settings.SettingsLoader;
import dev.hydra.support.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The gateway as a user starts it, by the launcher, with everything on: keys, tokens, audit to the embedded database. */
final class GatewayProcess implements AutoCloseable {
    private static final String LAUNCHER = Path.of("hydra").toAbsolutePath().toString();

    private final LocalProcess process;
    private final String token;
    private final Optional<RedisServer> redis;

    private GatewayProcess(LocalProcess process, String token, Optional<RedisServer> redis) {
        this.process = process;
        this.token = token;
        this.redis = redis;
    }

    /**
     * Fills the gateway's database, starts the gateway and tells how long that took until its port answered.
     *
     * @param provider port of the provider
     * @param redis    whether it has a Redis server of its own
     * @param settings beyond the benchmark's usual ones
     */
    static GatewayProcess start(Path directory, int provider, Stock stock, boolean redis, Map<String, String> settings) {
        Optional<RedisServer> server = redis ? Optional.of(new RedisServer(directory)) : Optional.empty();
        try {
            Path home = Files.createDirectories(directory.resolve("gateway"));
            // "learn" counts every request and token against limits; only the built-in limits of the free tier are left out.
            Map<String, String> environment = new HashMap<>(Map.of("HYDRA_HOME", home.toString(), "HYDRA_GEMINI_URL",
                    "http://127.0.0.1:" + provider, "HYDRA_KEYS_FILE", stock.writeKeys(home).toString(), "HYDRA_POOL_LIMITS", "learn"));
            server.ifPresent(started -> environment.put("HYDRA_REDIS_URL", started.url()));
            environment.putAll(settings);
            stock.store(SettingsLoader.ofProcess().with(Origin.ENVIRONMENT, environment).load().settings());
            String token = createToken(directory, environment);
            return new GatewayProcess(started(directory, environment), token, server);
        } catch (IOException | RuntimeException e) {
            server.ifPresent(RedisServer::close);
            throw e instanceof IOException io ? new UncheckedIOException(io) : (RuntimeException) e;
        }
    }

    private static String createToken(Path directory, Map<String, String> environment) throws IOException {
        Process created = LocalProcess.builder(List.of(LAUNCHER, "tokens", "create", "--name", "bench"), directory, environment)
                .redirectError(directory.resolve("token.txt").toFile()).start();
        String token = new String(created.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (token.isEmpty()) {
            throw new IllegalStateException("no token was made:\n" + Files.readString(directory.resolve("token.txt")));
        }
        return token;
    }

    private static LocalProcess started(Path directory, Map<String, String> environment) {
        int port = LocalProcess.freePort();
        long start = System.nanoTime();
        LocalProcess process = LocalProcess.start(List.of(LAUNCHER, "gateway", "--port", Integer.toString(port)), port,
                directory.resolve("gateway.txt"), environment);
        System.out.println(String.format(Locale.ROOT, "gateway: process %d, started in %.1f s", process.handle().pid(),
                (System.nanoTime() - start) / 1e9));
        return process;
    }

    LocalProcess process() {
        return process;
    }

    /** Port on loopback. */
    int port() {
        return process.port();
    }

    String token() {
        return token;
    }

    @Override
    public void close() {
        process.close();
        redis.ifPresent(RedisServer::close);
    }
}
