package dev.hydra.wire;

import dev.hydra.wire.HttpFailure.Stage;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The connections to all providers: kept when they are idle, dropped after {@link #IDLE}, checked before use when they have been idle for a
 * while, and made anew after {@link #LIFE}, so that a change in the name service is followed.
 */
final class Connections implements AutoCloseable {
    /** The library's default is 5 to a server; a gateway's calls each hold one for as long as a stream lasts. */
    static final int MAX = 20_000;
    private static final TimeValue IDLE = TimeValue.ofSeconds(30);
    private static final TimeValue LIFE = TimeValue.ofMinutes(10);
    private static final TimeValue UNCHECKED = TimeValue.ofSeconds(2);
    /** Each connection has three of them for as long as its stream lasts; the library's 32 KB would be a third of what a stream costs. */
    private static final int BUFFER = 8 * 1024;
    /** No answer's head is larger in earnest; the library itself sets no bounds. */
    private static final Http1Config BOUNDS = Http1Config.custom().setBufferSize(BUFFER).setMaxLineLength(64 * 1024).setMaxHeaderCount(500)
            .build();
    private static final Timeout HANDSHAKE = Timeout.ofSeconds(10);

    private final PoolingHttpClientConnectionManager pool;
    private final ScheduledThreadPoolExecutor timer;

    /** @param max at one time, over all servers and to each */
    Connections(int max, HostLookup names) {
        pool = PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder().http1Config(BOUNDS).build())
                .setDnsResolver(new Names(names))
                .setMaxConnTotal(max)
                .setMaxConnPerRoute(max)
                .setDefaultSocketConfig(SocketConfig.custom().setTcpNoDelay(true).setSoTimeout(HANDSHAKE).build())
                .setDefaultConnectionConfig(ConnectionConfig.custom().setTimeToLive(LIFE).setValidateAfterInactivity(UNCHECKED).build())
                .setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(HANDSHAKE).build())
                .setTlsSocketStrategy(
                        (socket, host, port, attachment, context) -> Tls.STRATEGY.upgrade(socket, host, port, attachment, context))
                .build();
        timer = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("hydra-http-timer").factory());
        timer.setRemoveOnCancelPolicy(true);
        timer.scheduleWithFixedDelay(this::evict, IDLE.toSeconds(), IDLE.toSeconds() / 3, TimeUnit.SECONDS);
    }

    /** A connection, idle or not connected yet. Waits when there are too many. */
    ConnectionEndpoint lease(HttpRoute route, Duration longest) throws HttpFailure {
        try {
            return pool.lease("", route, Timeout.of(longest), null).get(Timeout.of(longest));
        } catch (TimeoutException e) {
            throw new HttpFailure(Stage.CONNECT, "no connection", timedOut("all are in use", e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HttpFailure(Stage.CONNECT, "no connection", new IOException("interrupted", e));
        } catch (ExecutionException | IllegalStateException e) {
            throw new HttpFailure(Stage.CONNECT, "no connection", e);
        }
    }

    void connect(ConnectionEndpoint endpoint, Duration longest, HttpClientContext context) throws IOException {
        pool.connect(endpoint, Timeout.of(longest), context);
    }

    void release(ConnectionEndpoint endpoint, boolean keep) {
        pool.release(endpoint, null, keep ? IDLE : TimeValue.ZERO_MILLISECONDS);
    }

    /** Runs something short after a time, unless it is cancelled before. */
    Future<?> after(Duration time, Runnable action) {
        return timer.schedule(action, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        pool.close(CloseMode.IMMEDIATE);
    }

    private void evict() {
        pool.closeExpired();
        pool.closeIdle(IDLE);
    }

    private static InterruptedIOException timedOut(String what, Exception cause) {
        InterruptedIOException timedOut = new InterruptedIOException(what);
        timedOut.initCause(cause);
        return timedOut;
    }

    /** The library's view of a name service; it connects to exactly the addresses that it is given. */
    private record Names(HostLookup service) implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            return service.addresses(host);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    /** Made at the first call that needs it: reading the trust store takes longer than all else at start. */
    private static final class Tls {
        static final DefaultClientTlsStrategy STRATEGY = DefaultClientTlsStrategy.createSystemDefault();
    }
}
