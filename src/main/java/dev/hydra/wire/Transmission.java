package dev.hydra.wire;

import dev.hydra.wire.HttpFailure.Stage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** One try to send a request, and the connection that it holds until its answer is closed. */
final class Transmission implements HttpReply.Connection {
    private static final ConnectionEndpoint.RequestExecutor EXECUTOR = new HttpRequestExecutor()::execute;
    /** A connection that the server has closed shows it at once; what fails later than this was cut at work. */
    private static final long STALE_NANOS = 2_000_000_000L;
    /** A request up to this size fits into the system's buffers, so writing it cannot block for long. */
    private static final int UNWATCHED = 32 * 1024;

    private final Connections connections;
    private final ConnectionEndpoint endpoint;
    private final ClassicHttpRequest request;
    private final Cancellation cancellation;
    private final HttpClientContext context = HttpClientContext.create();
    private volatile boolean writeTimedOut;
    private boolean kept;
    private boolean done;
    private long sentAt;

    /** Gets a connection for the request, which need not be connected yet. */
    Transmission(Connections connections, HttpRoute route, ClassicHttpRequest request, CallLimits limits, Cancellation cancellation)
            throws HttpFailure {
        this.connections = connections;
        this.endpoint = connections.lease(route, limits.connect());
        this.request = request;
        this.cancellation = cancellation;
    }

    /**
     * Sends the request and waits for the head of the answer.
     *
     * @param fresh whether a kept connection is not good enough
     */
    HttpReply send(byte[] body, CallLimits limits, boolean fresh) throws HttpFailure {
        HttpEntity entity = body.length == 0 ? null : new ByteArrayEntity(body, (ContentType) null);
        return send(body.length > UNWATCHED ? new WatchedBody(entity, limits.write()) : entity, limits, fresh);
    }

    /** Sends a request over a new connection, with a body that exists only once. Its sender may be slow; only the provider's silence is limited. */
    HttpReply send(HttpEntity body, CallLimits limits) throws HttpFailure {
        return send(body, limits, true);
    }

    private HttpReply send(@Nullable HttpEntity body, CallLimits limits, boolean fresh) throws HttpFailure {
        try {
            connect(limits, fresh);
            return exchange(body, limits);
        } catch (HttpFailure | RuntimeException e) {
            drop();
            throw e;
        }
    }

    /** After a failure: whether it was that of a kept connection which the server had closed meanwhile. */
    boolean stale(HttpFailure failure) {
        return kept && failure.stage() == Stage.ANSWER && !failure.timedOut() && !cancellation.cancelled()
                && System.nanoTime() - sentAt < STALE_NANOS;
    }

    private void connect(CallLimits limits, boolean fresh) throws HttpFailure {
        try {
            if (fresh) {
                endpoint.close(CloseMode.IMMEDIATE);
            }
            kept = endpoint.isConnected();
            cancellation.bind(this::abort);
            if (!kept) {
                connections.connect(endpoint, limits.connect(), context);
                cancellation.bind(this::abort);
            }
        } catch (IOException e) {
            throw new HttpFailure(Stage.CONNECT, "no connection", e);
        }
    }

    private HttpReply exchange(@Nullable HttpEntity body, CallLimits limits) throws HttpFailure {
        try {
            sentAt = System.nanoTime();
            endpoint.setSocketTimeout(Timeout.of(limits.read()));
            if (body != null) {
                request.setEntity(body);
            }
            return new HttpReply(endpoint.execute("", request, EXECUTOR, context), this);
        } catch (IOException | HttpException | IllegalStateException e) {
            throw new HttpFailure(Stage.ANSWER, "no answer",
                    writeTimedOut ? new SocketTimeoutException("the request could not be written") : e);
        }
    }

    @Override
    public void abort() {
        endpoint.close(CloseMode.IMMEDIATE);
    }

    @Override
    public void done(boolean reusable, ClassicHttpResponse response) {
        if (reusable && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, response, context)) {
            release(true);
        } else {
            drop();
        }
    }

    private void drop() {
        endpoint.close(CloseMode.IMMEDIATE);
        release(false);
    }

    private void release(boolean keep) {
        if (!done) {
            done = true;
            cancellation.unbind();
            connections.release(endpoint, keep);
        }
    }

    /** Sockets have no time limit for writing: when it has passed, the connection is closed under the writer. */
    private final class WatchedBody extends HttpEntityWrapper {
        private final Duration limit;

        WatchedBody(HttpEntity body, Duration limit) {
            super(body);
            this.limit = limit;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            Future<?> alarm = connections.after(limit, () -> {
                writeTimedOut = true;
                abort();
            });
            try {
                super.writeTo(out);
            } finally {
                alarm.cancel(false);
            }
        }
    }
}
