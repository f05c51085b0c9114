package dev.hydra.bench;

import dev.hydra.demo.Quota;
import dev.hydra.demo.SimulatedGemini;
import dev.hydra.demo.SimulatedProject;
import dev.hydra.support.RunningHydra;
import dev.hydra.wire.Sleeper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The executable WAR before a simulated Gemini that keeps quotas by the minute, in real time over HTTP: 20 projects of 15 requests a minute, of which clients
 * ask 90, 150 and 300 % at random moments, ready to wait for 60 s. A minute passes before anything is counted, so that every quota is in use.
 */
final class PoolRun implements AutoCloseable {
    private static final int PROJECTS = 20;
    private static final int PER_MINUTE = 15;
    private static final int CLIENTS = 10;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int BROKEN = 599;
    private static final String BODY = "{\"model\":\"gemini-2.5-flash\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";

    private final double load;
    private final SimulatedGemini gemini;
    private final RunningHydra hydra;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Long> waits = Collections.synchronizedList(new ArrayList<>());
    private final AtomicIntegerArray asked = new AtomicIntegerArray(CLIENTS);
    private final AtomicIntegerArray answered = new AtomicIntegerArray(CLIENTS);
    private final AtomicIntegerArray statuses = new AtomicIntegerArray(BROKEN + 1);

    private PoolRun(double load, Path home) throws IOException {
        this.load = load;
        SimulatedGemini.Builder builder = SimulatedGemini.builder();
        List<String> keys = IntStream.range(0, PROJECTS).mapToObj(i -> "pool-key-" + i).toList();
        Quota quota = Quota.free(PER_MINUTE, 1_000_000_000, 1_000_000);
        keys.forEach(key -> builder.project(new SimulatedProject("number-of-" + key, List.of(key), quota, Map.of())));
        gemini = builder.start();
        Files.createDirectories(home);
        Path limits = Files.writeString(home.resolve("limits.toml"), "[[limit]]\nmodels = \"*\"\nrpm = " + PER_MINUTE + "\n");
        hydra = RunningHydra.start(home, Map.of("HYDRA_GEMINI_URL", gemini.url().toString(), "GEMINI_API_KEYS", String.join(",", keys),
                "HYDRA_POOL_LIMITS_FILE", limits.toString(), "HYDRA_POOL_WAIT", "60s"));
    }

    /** One line for each load. @param length of what is counted */
    static List<String> of(Duration length) throws IOException {
        Path directory = Files.createTempDirectory("hydra-pool-");
        List<PoolRun> runs = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (double load : new double[] {0.9, 1.5, 3}) {
                runs.add(new PoolRun(load, directory.resolve("load-" + load)));
            }
            List<Future<String>> lines = runs.stream().map(run -> threads.submit(() -> run.measure(length))).toList();
            List<String> told = new ArrayList<>();
            for (Future<String> line : lines) {
                told.add(line.get());
            }
            return told;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            runs.forEach(PoolRun::close);
            delete(directory);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted((a, b) -> b.compareTo(a)).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String measure(Duration length) throws InterruptedException {
        Random random = new Random(7);
        long calls;
        long refused;
        double minutes;
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            offer(MINUTE, random, clients, false);
            long within = gemini.withinQuota();
            long beyond = gemini.beyondQuota();
            long begun = System.nanoTime();
            offer(length, random, clients, true);
            minutes = (System.nanoTime() - begun) / 60e9;
            calls = gemini.withinQuota() - within;
            refused = gemini.beyondQuota() - beyond;
            // Those that wait still get their keys from a pool that is as busy as before.
            offer(MINUTE, random, clients, false);
        }
        return line(calls / (minutes * PROJECTS * PER_MINUTE), calls, refused);
    }

    private void offer(Duration length, Random random, ExecutorService clients, boolean counted) throws InterruptedException {
        long end = System.nanoTime() + length.toNanos();
        for (long next = System.nanoTime(); next < end; next += pause(random)) {
            Sleeper.SYSTEM.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
            int client = random.nextInt(CLIENTS);
            clients.execute(() -> ask(client, counted));
        }
    }

    private long pause(Random random) {
        return (long) (-Math.log(1 - random.nextDouble()) * MINUTE.toNanos() / (load * PROJECTS * PER_MINUTE));
    }

    private void ask(int client, boolean counted) {
        long begun = System.nanoTime();
        int status = status();
        if (counted) {
            asked.incrementAndGet(client);
            statuses.incrementAndGet(status);
            if (status == 200) {
                answered.incrementAndGet(client);
                waits.add((System.nanoTime() - begun) / 1_000_000);
            }
        }
    }

    private int status() {
        HttpRequest request = HttpRequest.newBuilder(hydra.url().resolve("/v1/chat/completions")).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(BODY)).timeout(Duration.ofMinutes(3)).build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return BROKEN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return BROKEN;
        }
    }

    private String line(double used, long calls, long refused) {
        List<Long> sorted = new ArrayList<>(waits);
        Collections.sort(sorted);
        List<Double> shares = IntStream.range(0, CLIENTS).mapToObj(i -> (double) answered.get(i) / asked.get(i)).toList();
        int others = IntStream.rangeClosed(0, BROKEN).filter(i -> i != 200 && i != 429).map(statuses::get).sum();
        return String.format(Locale.ROOT,
                "%3.0f %%: asked %d, served %d, used %.1f %%, upstream 429s %d of %d, client 429s %d, other errors %d, wait p50 %d ms, p99 %d ms, "
                        + "served share of clients %.2f to %.2f",
                load * 100, statuses.get(200) + statuses.get(429) + others, statuses.get(200), used * 100, refused, calls + refused,
                statuses.get(429), others, percentile(sorted, 50), percentile(sorted, 99), Collections.min(shares),
                Collections.max(shares));
    }

    private static long percentile(List<Long> sorted, int percent) {
        return sorted.isEmpty() ? 0 : sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }

    @Override
    public void close() {
        hydra.close();
        gemini.close();
        http.close();
    }
}
