package dev.hydra.wire;

import dev.hydra.Component;
import dev.hydra.Version;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/**
 * Sends calls to providers: HTTP/1.1, blocking, over connections that are kept and used again. Safe for use by many threads, virtual ones too.
 *
 * <p>It is Apache HttpClient without its chain of interceptors: pool, connection and protocol are the library's, and nothing else is in the
 * way. So there are no redirects, no cookies, no authentication, no proxy, no decompression, no Expect header and no retries but one: a
 * connection that was idle and that the server has closed meanwhile shows it only when it is used, so a call that fails on such a
 * connection at once and without any byte of an answer is sent once more over a new one (defect 41).
 *
 * <p>An answer is asked for uncompressed, because a compressed stream may be held back until a block is full.
 */
@Component
public final class HttpSender implements AutoCloseable {
    private static final String USER_AGENT = "hydra/" + Version.TEXT;

    private final Connections connections;

    /** A sender for all providers together. */
    @Inject
    public HttpSender() {
        this(new Connections(Connections.MAX, InetAddress::getAllByName));
    }

    HttpSender(Connections connections) {
        this.connections = connections;
    }

    /** As the other one, for a call that nobody will want to cancel before its answer has come. */
    public HttpReply send(HttpCall call, CallLimits limits) throws HttpFailure {
        return send(call, limits, new Cancellation());
    }

    /**
     * Sends a call and waits for the head of its answer.
     *
     * @throws HttpFailure when there was no answer; an error status is an answer
     */
    public HttpReply send(HttpCall call, CallLimits limits, Cancellation cancellation) throws HttpFailure {
        HttpRoute route = route(call.uri());
        Transmission first = new Transmission(connections, route, request(call), limits, cancellation);
        try {
            return first.send(call.body(), limits, false);
        } catch (HttpFailure e) {
            if (!first.stale(e)) {
                throw e;
            }
            return new Transmission(connections, route, request(call), limits, cancellation).send(call.body(), limits, true);
        }
    }

    /**
     * Sends a call whose body is read while it is sent, and waits for the head of its answer. Nothing is sent twice, so no kept connection is used.
     *
     * @param body   not closed; the call's own body is left out
     * @param length of {@code body} in bytes; negative = not known
     */
    public HttpReply send(HttpCall call, InputStream body, long length, CallLimits limits) throws HttpFailure {
        ClassicHttpRequest request = request(call);
        request.removeHeaders(HttpHeaders.CONTENT_LENGTH);
        if (length < 0) {
            request.setHeader(HttpHeaders.TRANSFER_ENCODING, "chunked");
        } else {
            request.setHeader(HttpHeaders.CONTENT_LENGTH, length);
        }
        return new Transmission(connections, route(call.uri()), request, limits, new Cancellation())
                .send(new InputStreamEntity(body, length, null), limits);
    }

    /** Closes all connections; calls in flight fail. */
    @Override
    @PreDestroy
    public void close() {
        connections.close();
    }

    /** Runs something short after a time, unless it is cancelled before. */
    Future<?> after(Duration time, Runnable action) {
        return connections.after(time, action);
    }

    private static HttpRoute route(URI uri) {
        boolean secure = "https".equalsIgnoreCase(uri.getScheme());
        int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
        return new HttpRoute(new HttpHost(uri.getScheme(), uri.getHost(), port), null, secure);
    }

    private static ClassicHttpRequest request(HttpCall call) {
        URI uri = call.uri();
        String query = uri.getRawQuery();
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        BasicClassicHttpRequest request = new BasicClassicHttpRequest(call.method(), null, query == null ? path : path + '?' + query);
        request.addHeader(HttpHeaders.HOST, uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ':' + uri.getPort());
        request.addHeader(HttpHeaders.USER_AGENT, USER_AGENT);
        request.addHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
        for (Map.Entry<String, String> header : call.headers().entrySet()) {
            request.setHeader(header.getKey(), header.getValue());
        }
        if (call.body().length > 0 || !call.method().equals("GET")) {
            request.setHeader(HttpHeaders.CONTENT_LENGTH, call.body().length);
        }
        return request;
    }
}
