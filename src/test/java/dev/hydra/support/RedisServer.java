package dev.hydra.support;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import redis.clients.jedis.Jedis;
import redis.embedded.core.ExecutableProvider;

/** A real Redis server, whose binary comes with a library, as a process that can be killed, paused and started again on its port. Keeps nothing on disk. */
public final class RedisServer implements AutoCloseable {
    private static final class Binary {
        static final File FILE = file();

        private static File file() {
            try {
                return ExecutableProvider.newJarResourceProvider().get();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final int port;
    private final Path directory;
    private final List<String> options;
    private Process process;

    /** Starts one on a free port of loopback. @param options of redis-server, further ones */
    public RedisServer(Path directory, String... options) {
        this.port = freePort();
        this.directory = directory;
        this.options = List.of(options);
        this.process = started();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process started() {
        List<String> command = new ArrayList<>(
                List.of(Binary.FILE.getAbsolutePath(), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
                        "--dir", directory.toString()));
        if (!options.contains("--tls-port")) {
            command.addAll(List.of("--port", Integer.toString(port)));
        }
        options.forEach(option -> command.add(option.equals("PORT") ? Integer.toString(port) : option));
        try {
            Process begun = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("redis-" + port + ".log").toFile())).start();
            Awaitility.await().atMost(20, TimeUnit.SECONDS).pollInterval(20, TimeUnit.MILLISECONDS)
                    .until(() -> !begun.isAlive() || answers());
            if (!begun.isAlive()) {
                throw new IllegalStateException("redis-server has ended: see " + directory);
            }
            return begun;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Starts a sentinel by its own file; to be ended by the caller. */
    public Process sentinel(Path file) throws IOException {
        return new ProcessBuilder(Binary.FILE.getAbsolutePath(), file.toString(), "--sentinel").redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("sentinel.log").toFile())).start();
    }

    public int port() {
        return port;
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** A client of its own; to be closed. */
    public Jedis client() {
        return new Jedis("127.0.0.1", port);
    }

    /** Forgets everything. */
    public void flush() {
        try (Jedis client = client()) {
            client.flushAll();
        }
    }

    /** Ends it without a word. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Starts it again, empty. */
    public void start() {
        process = started();
    }

    /** Lets it accept connections and answer nobody. */
    public void pause() {
        signal("-STOP");
    }

    /** Lets it answer again, the questions of the meantime first. */
    public void resume() {
        signal("-CONT");
    }

    private void signal(String name) {
        try {
            int result = new ProcessBuilder("kill", name, Long.toString(process.pid())).start().waitFor();
            if (result != 0) {
                throw new IllegalStateException("kill " + name + " ended with " + result);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
