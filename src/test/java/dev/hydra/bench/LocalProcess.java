package dev.hydra.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server that the benchmark started: listens on a port of loopback, prints into a file. Closing it stops it. */
final class LocalProcess implements AutoCloseable {
    private static final long START_SECONDS = 90;

    private final Process process;
    private final int port;

    private LocalProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts a command and returns when its port answers.
     *
     * @param output      file for all that it prints
     * @param environment added to this process's own
     */
    static LocalProcess start(List<String> command, int port, Path output, Map<String, String> environment) {
        try {
            ProcessBuilder builder = builder(command, output.toAbsolutePath().getParent(), environment).redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            LocalProcess started = new LocalProcess(builder.start(), port);
            started.awaitPort(output);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A command whose environment has none of the machine's own settings of Hydra. */
    static ProcessBuilder builder(List<String> command, Path directory, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().keySet()
                .removeIf(name -> name.startsWith("HYDRA_") && !name.equals("HYDRA_JAVA_OPTS") || name.startsWith("GEMINI_"));
        builder.environment().putAll(environment);
        return builder;
    }

    /** A port that was free a moment ago. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    /** The process; its descendants, such as nginx's workers, belong to it. */
    ProcessHandle handle() {
        return process.toHandle();
    }

    private void awaitPort(Path output) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!listening()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                close();
                throw new IllegalStateException(
                        "did not start: " + process.info().commandLine().orElse("a server") + "\n" + Files.readString(output));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private boolean listening() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
