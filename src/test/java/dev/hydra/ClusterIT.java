package dev.hydra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hydra.store.PostgresServer;
import dev.hydra.support.FakeGemini;
import dev.hydra.support.Http;
import dev.hydra.support.RedisServer;
import dev.hydra.support.RunningHydra;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes as users start them, on one PostgreSQL and one Redis (product RUN-4). */
class ClusterIT {
    private static final String CHAT = "{\"model\":\"gemini-2.5-flash\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
    private static final String PASSWORD = "a password of the admin";
    private static final String ADMIN = "Basic "
            + Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    static Path directory;

    private static final List<RunningHydra> NODES = new CopyOnWriteArrayList<>();
    private static final AtomicInteger STARTED = new AtomicInteger();
    private static PostgresServer database;
    private static RedisServer redis;
    private static FakeGemini gemini;
    private static String token;

    @BeforeAll
    static void start() {
        database = new PostgresServer(directory.resolve("postgres"));
        redis = new RedisServer(directory);
        gemini = FakeGemini.start();
        NODES.add(node());
        NODES.add(node());
        admin("POST", 0, "keys", "{\"keys\":\"cluster-key-number-1 cluster-key-number-2\"}");
        token = admin("POST", 0, "tokens", "{\"name\":\"all\"}").getString("token");
        await().atMost(SOON).until(() -> ask(NODES.get(1), token) == 200);
    }

    @AfterAll
    static void stop() {
        NODES.forEach(RunningHydra::close);
        gemini.close();
        redis.close();
        database.stop();
    }

    private static RunningHydra node() {
        Map<String, String> settings = new HashMap<>(database.settings());
        settings.putAll(Map.of("HYDRA_REDIS_URL", redis.url(), "HYDRA_GEMINI_URL", gemini.url().toString(), "HYDRA_SECRET",
                "the same secret at all nodes", "HYDRA_ADMIN_PASSWORD", PASSWORD));
        RunningHydra node = RunningHydra.start(directory.resolve("node-" + STARTED.incrementAndGet()), settings);
        await().atMost(SOON).until(() -> Http.get(node.url().resolve("/health/ready")).body().contains("joined"));
        return node;
    }

    private static JsonObject admin(String method, int node, String path, String body) {
        URI uri = NODES.get(node).url().resolve("/admin/api/" + path);
        HttpResponse<String> answer = method.equals("POST")
                ? Http.post(uri, body, "Authorization", ADMIN, "Content-Type", "application/json")
                : Http.call(method, uri, "Authorization", ADMIN);
        assertThat(answer.statusCode()).as(answer::body).isBetween(200, 299);
        return answer.body().isEmpty() ? Json.object("{}") : Json.object(answer.body());
    }

    private static int ask(RunningHydra node, String bearer) {
        return Http.post(node.url().resolve("/v1/chat/completions"), CHAT, "Authorization", "Bearer " + bearer).statusCode();
    }

    private static long millis(long since) {
        return (System.nanoTime() - since) / 1_000_000;
    }

    @Test
    void aKeyAddedAtOneNodeIsUsedByTheOtherAndGoneEverywhereWhenItIsRemoved() {
        String secret = "cluster-key-added-later";
        long begun = System.nanoTime();
        String id = admin("POST", 0, "keys", "{\"keys\":\"" + secret + "\"}").getJsonArray("added").getJsonObject(0).getString("id");
        await().atMost(SOON).pollInterval(Duration.ofMillis(20)).until(() -> {
            assertThat(ask(NODES.get(1), token)).isEqualTo(200);
            return gemini.requests().stream().anyMatch(request -> request.header("x-goog-api-key").filter(secret::equals).isPresent()
                    && request.path().contains("generateContent"));
        });
        System.out.println("A key added at one node was used by the other after " + millis(begun) + " ms");
        admin("DELETE", 1, "keys/" + id, "");
        await().atMost(SOON).until(() -> admin("GET", 0, "keys", "").getJsonArray("keys").stream()
                .noneMatch(key -> key.asJsonObject().getString("id").equals(id)));
    }

    @Test
    void aTokenRevokedAtOneNodeIsRefusedByTheOther() {
        JsonObject made = admin("POST", 0, "tokens", "{\"name\":\"short-lived\"}");
        await().atMost(SOON).until(() -> ask(NODES.get(1), made.getString("token")) == 200);
        long begun = System.nanoTime();
        admin("DELETE", 0, "tokens/" + made.getString("id"), "");
        await().atMost(SOON).pollInterval(Duration.ofMillis(20)).until(() -> ask(NODES.get(1), made.getString("token")) == 401);
        System.out.println("A token revoked at one node was refused by the other after " + millis(begun) + " ms");
    }

    @Test
    void aRollingRestartFailsNoRequest() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger served = new AtomicInteger();
        Queue<String> failed = new ConcurrentLinkedQueue<>();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            int client = i;
            clients.add(Thread.ofVirtual().start(() -> {
                for (int turn = client; !over.get(); turn++) {
                    // Clients that think: a node that starts needs the machine too.
                    LockSupport.parkNanos(20_000_000);
                    String outcome = balanced(turn);
                    if (outcome.isEmpty()) {
                        served.incrementAndGet();
                    } else {
                        failed.add(outcome);
                    }
                }
            }));
        }
        await().atMost(SOON).until(() -> served.get() > 50);
        for (int i = 0; i < 2; i++) {
            RunningHydra old = NODES.get(i);
            int before = served.get();
            old.close();
            await().atMost(SOON).until(() -> served.get() > before + 50);
            NODES.set(i, node());
        }
        int before = served.get();
        await().atMost(SOON).until(() -> served.get() > before + 50);
        over.set(true);
        for (Thread client : clients) {
            client.join();
        }
        System.out.println("A rolling restart of two nodes: " + served + " requests served, " + failed.size() + " failed");
        assertThat(failed).isEmpty();
    }

    /** As the nginx of compose.cluster.yaml: who refuses the connection, or says 503 because it stops, is not asked, but the other. @return what failed */
    private static String balanced(int turn) {
        String last = "";
        for (int i = 0; i < 2; i++) {
            try {
                int status = ask(NODES.get((turn + i) % 2), token);
                if (status != 503) {
                    return status == 200 ? "" : "status " + status;
                }
                last = "status 503";
            } catch (RuntimeException e) {
                last = e.toString();
            }
        }
        return last;
    }

    @Test
    void theNodesKnowEachOtherAndSaySo() {
        await().atMost(SOON).until(() -> admin("GET", 0, "cluster", "").getInt("nodes") >= 2);
        assertThat(admin("GET", 1, "cluster", "").getString("redis")).isEqualTo("joined");
        assertThat(Http.get(NODES.get(0).url().resolve("/health/ready")).body()).isEqualTo("{\"status\":\"ready\",\"redis\":\"joined\"}");
    }
}
