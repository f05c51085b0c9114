package dev.hydra.demo;

import dev.hydra.wire.Threads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts connections on one address, each served by a virtual thread of its own; closing it leaves neither thread nor socket. */
final class HttpListener implements AutoCloseable {
    /** Answers one request; an {@link IOException} means that the client is gone. */
    interface Responder {
        void respond(RecordedRequest request, HttpReply reply) throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);
    private static final ThreadFactory THREADS = Threads.virtual("simulated-gemini-");
    private final ServerSocket server;
    private final Responder responder;
    private final Thread acceptor = THREADS.newThread(this::accept);
    private final Set<HttpConnection> open = ConcurrentHashMap.newKeySet();

    private HttpListener(ServerSocket server, Responder responder) {
        this.server = server;
        this.responder = responder;
    }

    /** Starts to listen; port 0 takes a free one. */
    static HttpListener start(InetSocketAddress address, Responder responder) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.bind(address, 1024);
            HttpListener listener = new HttpListener(socket, responder);
            listener.acceptor.start();
            return listener;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + address, e);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                HttpConnection connection = new HttpConnection(socket);
                open.add(connection);
                THREADS.newThread(() -> serve(connection)).start();
            } catch (IOException e) {
                LOG.trace("closed, or a connection that died before it was taken", e);
            }
        }
    }

    private void serve(HttpConnection connection) {
        try (connection) {
            if (!server.isClosed()) {
                connection.serve(responder);
            }
        } catch (IOException e) {
            LOG.trace("the client left", e);
        } catch (RuntimeException e) {
            LOG.error("the simulated Gemini API failed", e);
        } finally {
            open.remove(connection);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (HttpConnection connection : open) {
                connection.close();
            }
            // A socket that a virtual thread still accepts on is really closed by that thread: only then is the port free.
            acceptor.join(CLOSE_WAIT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
