package dev.hydra.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged WAR, started as a user does. */
class ExecutableIT {
    private static final Duration START = Duration.ofMinutes(2);

    @TempDir
    static Path home;

    private static Process process;
    private static int port;
    private static HttpClient client;

    @BeforeAll
    static void start() throws IOException {
        port = freePort();
        process = hydra("gateway", "--demo", "--port", Integer.toString(port));
        client = HttpClient.newHttpClient();
        await().atMost(START).pollInterval(Duration.ofMillis(50)).ignoreExceptions().until(() -> {
            assertThat(process.isAlive()).as(() -> "still running; it said: " + log()).isTrue();
            return get("/health").statusCode() == 200;
        });
    }

    @AfterAll
    static void stop() throws InterruptedException {
        client.close();
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("stops when told to").isTrue();
    }

    @Test
    void answersHealthWithoutNamingTheServer() throws Exception {
        HttpResponse<String> answer = get("/health");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"ok\"");
        assertThat(answer.headers().map()).doesNotContainKeys("server", "x-powered-by");
    }

    @Test
    void anUnknownPathIsAnsweredInJson() throws Exception {
        HttpResponse<String> answer = get("/v1/no-such-thing");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("content-type")).hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
    }

    @Test
    void theClassesAtTheRootOfTheWarCannotBeDownloaded() throws Exception {
        assertThat(get("/dev/hydra/boot/Launcher.class").statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(get("/WEB-INF/web.xml").statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(get("/META-INF/MANIFEST.MF").statusCode()).isGreaterThanOrEqualTo(400);
    }

    @Test
    void theDashboardIsServedAsWhatItIs() throws Exception {
        assertThat(get("/dashboard/").body()).contains("dashboard.js", "dashboard.css").doesNotContain("<style", "style=", "onclick");
        assertThat(type("/dashboard/")).startsWith("text/html");
        assertThat(type("/dashboard/dashboard.css")).startsWith("text/css");
        assertThat(type("/dashboard/dashboard.js")).startsWith("text/javascript");
    }

    private static String type(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.headers().firstValue("content-type").orElse("none");
    }

    @Test
    void aSecondOneOnTheSamePortSaysSoInOneLine() throws Exception {
        Process second = hydra("gateway", "--demo", "--home", home.resolve("second").toString(), "--port", Integer.toString(port));

        String said = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(second.waitFor()).isNotZero();
        assertThat(said).contains("127.0.0.1:" + port).contains("in use").doesNotContain("\tat ");
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(), BodyHandlers.ofString());
    }

    private static Process hydra(String... args) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar",
                System.getProperty("hydra.war"));
        builder.command().addAll(List.of(args));
        builder.environment().keySet().removeIf(name -> name.startsWith("HYDRA_") || name.startsWith("GEMINI_"));
        builder.environment().put("HYDRA_HOME", home.toString());
        builder.redirectErrorStream(true);
        if (process == null) {
            builder.redirectOutput(home.resolve("out.txt").toFile());
        }
        return builder.start();
    }

    private static String log() {
        try {
            return Files.readString(home.resolve("out.txt"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
