package dev.hydra.keys.redis;

import dev.hydra.settings.RedisUrl;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.util.Pool;

/**
 * Makes clients with pooled connections and time limits.
 *
 * @param limit for each answer; two thirds of it for connecting, since the pool replaces a connection that has broken before it tells
 * @param tls   whose certificates are trusted, where the address asks for TLS
 */
record RedisClients(RedisUrl url, Duration limit, SslOptions tls) {
    /** What the JVM trusts; the name in the certificate must be the server's. */
    static final SslOptions CHECKED = SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL).build();

    private static final int CONNECTIONS = 64;
    /** Made before the first request comes, so that none has to connect. */
    private static final int READY = 8;
    /** The connection that listens is dead when nothing comes for so long although every node publishes something every second. */
    private static final int SILENCE_MILLIS = 5_000;
    private static final int MOST_REDIRECTIONS = 3;

    /** A client that can be used at once. @throws JedisException when nobody answers */
    UnifiedJedis connect() {
        UnifiedJedis client = switch (url.kind()) {
            case SINGLE -> RedisClient.builder().hostAndPort(address(url.servers().getFirst())).clientConfig(settings(true))
                    .poolConfig(pool()).build();
            case SENTINEL -> RedisSentinelClient.builder().masterName(url.master()).sentinels(addresses()).clientConfig(settings(true))
                    .sentinelClientConfig(settings(false)).poolConfig(pool()).build();
            case CLUSTER -> RedisClusterClient.builder().nodes(addresses()).clientConfig(settings(true)).poolConfig(pool())
                    .maxAttempts(MOST_REDIRECTIONS).maxTotalRetriesDuration(limit).build();
        };
        try {
            prepare(client);
            return client;
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    /** A connection of its own to any server that hears what is published. @throws JedisException when nobody answers */
    Jedis listener(UnifiedJedis client) {
        HostAndPort server = switch (client) {
            case RedisSentinelClient sentinel -> sentinel.getCurrentMaster();
            case RedisClusterClient cluster -> HostAndPort.from(cluster.getClusterNodes().keySet().iterator().next());
            default -> address(url.servers().getFirst());
        };
        return new Jedis(server, settings(true));
    }

    /** Makes the first connections. */
    static void prepare(UnifiedJedis client) {
        for (Pool<?> pool : pools(client).values()) {
            for (int i = pool.getNumIdle(); i < READY; i++) {
                pool.addObjects(1);
            }
        }
    }

    /** Leaves connections that have broken unused. */
    static void forget(UnifiedJedis client) {
        pools(client).values().forEach(Pool::clear);
    }

    private static Map<?, ? extends Pool<?>> pools(UnifiedJedis client) {
        return switch (client) {
            case RedisClient single -> Map.of("", single.getPool());
            case RedisSentinelClient sentinel -> sentinel.getPrimaryNodesConnectionMap();
            case RedisClusterClient cluster -> cluster.getClusterNodes();
            default -> Map.of();
        };
    }

    private JedisClientConfig settings(boolean server) {
        DefaultJedisClientConfig.Builder builder = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis((int) limit.toMillis() * 2 / 3)
                .socketTimeoutMillis((int) limit.toMillis()).blockingSocketTimeoutMillis(SILENCE_MILLIS);
        if (url.tls()) {
            builder.sslOptions(tls);
        }
        // No greeting that would have to be answered before a question: it would double the time that a request may wait.
        builder.serverDefaultProtocol().autoNegotiateProtocol(false).clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
        if (server) {
            builder.database(url.database());
            if (!url.password().isEmpty()) {
                builder.password(url.password().reveal());
            }
            if (!url.user().isEmpty()) {
                builder.user(url.user());
            }
        }
        return builder.build();
    }

    private static ConnectionPoolConfig pool() {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(CONNECTIONS);
        pool.setMaxIdle(CONNECTIONS);
        // Never waited for: whoever calls has a place, and there are fewer places than connections.
        pool.setBlockWhenExhausted(false);
        pool.setTestWhileIdle(false);
        // No thread of its own: a connection that was cut while idle is found when it is used, and replaced.
        pool.setTimeBetweenEvictionRuns(Duration.ofMillis(-1));
        pool.setJmxEnabled(false);
        return pool;
    }

    private Set<HostAndPort> addresses() {
        return url.servers().stream().map(RedisClients::address).collect(Collectors.toSet());
    }

    private static HostAndPort address(RedisUrl.Server server) {
        return new HostAndPort(server.host(), server.port());
    }
}
