package dev.hydra.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The executable WAR as a process of its own, as a user starts it. Everything that it prints is kept. */
public final class RunningHydra implements AutoCloseable {
    private final Process process;
    private final Path output;
    private final URI url;

    private RunningHydra(Process process, Path output, URI url) {
        this.process = process;
        this.output = output;
        this.url = url;
    }

    /** Starts {@code gateway} with a home and settings and returns when it answers. */
    public static RunningHydra start(Path home, Map<String, String> environment, String... arguments) {
        try {
            int port = freePort();
            Path output = home.resolve("output.txt");
            Files.createDirectories(home);
            ProcessBuilder builder = command(
                    Stream.concat(Stream.of("gateway", "--port", Integer.toString(port)), Stream.of(arguments)).toList());
            builder.directory(home.toFile()).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
            clean(builder.environment());
            builder.environment().put("HYDRA_HOME", home.toString());
            builder.environment().putAll(environment);
            RunningHydra hydra = new RunningHydra(builder.start(), output, URI.create("http://127.0.0.1:" + port));
            hydra.awaitReady();
            return hydra;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command that runs the WAR with these arguments. */
    public static ProcessBuilder command(List<String> arguments) {
        String war = System.getProperty("hydra.war", Path.of("target", "hydra.war").toString());
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                Stream.concat(Stream.of(java, "-jar", Path.of(war).toAbsolutePath().toString()), arguments.stream()).toList());
    }

    /** Settings of the machine that runs the tests must not reach the product. */
    public static void clean(Map<String, String> environment) {
        environment.keySet().removeIf(name -> name.startsWith("HYDRA_") || name.startsWith("GEMINI_"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() {
        try {
            Awaitility.await().atMost(90, TimeUnit.SECONDS).pollInterval(100, TimeUnit.MILLISECONDS)
                    .until(() -> !process.isAlive() || healthy());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        if (!process.isAlive()) {
            throw new IllegalStateException("the gateway stopped at once:\n" + output());
        }
    }

    private boolean healthy() throws InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(url.resolve("/health")).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Address without a path. */
    public URI url() {
        return url;
    }

    /** All that it has printed so far. */
    public String output() {
        try {
            return Files.readString(output, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops it as an operator would (SIGTERM) and waits for its orderly end. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("the gateway did not stop:\n" + output());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
