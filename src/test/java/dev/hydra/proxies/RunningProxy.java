package dev.hydra.proxies;

import dev.hydra.proxies.ReverseProxy.Setup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A reverse proxy as a process of its own on a free port of 127.0.0.1, from where it also calls the gateway. */
final class RunningProxy implements AutoCloseable {
    private final Process process;
    private final Path directory;
    private final URI url;

    private RunningProxy(Process process, Path directory, URI url) {
        this.process = process;
        this.directory = directory;
        this.url = url;
    }

    /** Starts it before a gateway and returns when it accepts connections. @param parent for its files */
    static RunningProxy start(ReverseProxy proxy, Setup setup, Path parent, URI gateway) {
        try {
            Path directory = Files.createTempDirectory(parent, proxy.name().toLowerCase(Locale.ROOT));
            int port = freePort();
            List<String> command = proxy.prepare(directory, setup, port, gateway.getPort());
            Process process = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true)
                    .redirectOutput(directory.resolve("output.log").toFile()).start();
            RunningProxy running = new RunningProxy(process, directory, URI.create("http://127.0.0.1:" + port));
            running.awaitPort();
            return running;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitPort() {
        Awaitility.await().atMost(30, TimeUnit.SECONDS).pollInterval(50, TimeUnit.MILLISECONDS)
                .until(() -> !process.isAlive() || accepts());
        if (!process.isAlive()) {
            throw new IllegalStateException("the proxy ended at once:\n" + logs());
        }
    }

    private boolean accepts() {
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Address without a path. */
    URI url() {
        return url;
    }

    /** All that it has logged until now, in every file. */
    String logs() {
        try (Stream<Path> files = Files.list(directory)) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(name -> name.toString().endsWith(".log")).toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new IllegalStateException("the proxy did not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
