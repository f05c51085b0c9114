package dev.hydra.servers;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Waits for a server or its application to answer. */
final class Health {
    private static final int PATIENCE_SECONDS = 240;

    private Health() {
    }

    /** Returns when the application says that it is healthy. */
    static void await(URI server) {
        Awaitility.await("health of " + server).atMost(PATIENCE_SECONDS, TimeUnit.SECONDS).pollInterval(100, TimeUnit.MILLISECONDS)
                .until(() -> status(server) == 200);
    }

    /** Returns when the server accepts connections. @throws IllegalStateException when it has ended instead */
    static void awaitPort(URI server, Process process) {
        Awaitility.await("port of " + server).atMost(PATIENCE_SECONDS, TimeUnit.SECONDS).pollInterval(100, TimeUnit.MILLISECONDS)
                .until(() -> !process.isAlive() || accepts(server));
        if (!process.isAlive()) {
            throw new IllegalStateException("the server ended at once");
        }
    }

    private static boolean accepts(URI server) {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int status(URI server) {
        try (Connection connection = new Connection(server)) {
            connection.send("GET", server.resolve(AppServer.PATH + "/health"), "");
            return connection.answer().status();
        } catch (IOException e) {
            return 0;
        }
    }
}
