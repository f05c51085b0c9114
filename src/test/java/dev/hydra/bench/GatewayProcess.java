package dev.hydra.bench;

import dev.hydra.settings.Origin;
import dev.hydra.settings.SettingsLoader;
import dev.hydra.support.RedisServer;
import dev.hydra.wire.Sleeper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The gateway as a user starts it, by the launcher, with everything on: keys, tokens, audit to the embedded database. */
final class GatewayProcess implements AutoCloseable {
    private static final String LAUNCHER = Path.of("hydra").toAbsolutePath().toString();

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final Duration LOOK_AT_REST = Duration.ofSeconds(2);
    /** Hundredths of a second of CPU in that time. */
    private static final long MOST_AT_REST = 20;

    private final LocalProcess process;
    private final String token;
    private final Optional<RedisServer> redis;

    private GatewayProcess(LocalProcess process, String token, Optional<RedisServer> redis) {
        this.process = process;
        this.token = token;
        this.redis = redis;
    }

    /**
     * Fills the gateway's database, starts the gateway and tells how long that took until it was ready, and until it had nothing more to do.
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
        awaitReady(process, directory.resolve("gateway.txt"));
        double ready = (System.nanoTime() - start) / 1e9;
        awaitRest(process.handle());
        System.out.println(String.format(Locale.ROOT, "gateway: process %d, ready in %.1f s, at rest after %.0f s", process.handle().pid(),
                ready, (System.nanoTime() - start) / 1e9));
        return process;
    }

    /** Until it has asked the provider for the models of all keys, which takes as much CPU as the load would. */
    private static void awaitRest(ProcessHandle process) {
        CpuTime before;
        CpuTime now = CpuTime.of(process);
        try {
            do {
                before = now;
                Sleeper.SYSTEM.sleep(LOOK_AT_REST);
                now = CpuTime.of(process);
            } while (now.minus(before).ticks() > MOST_AT_REST);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The port answers before keys and tokens are read. */
    private static void awaitReady(LocalProcess process, Path output) {
        HttpRequest ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + process.port() + "/health/ready")).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (client.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() != 200) {
                Sleeper.SYSTEM.sleep(BETWEEN_LOOKS);
            }
        } catch (IOException e) {
            process.close();
            throw new IllegalStateException("the gateway has ended; see " + output, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
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
