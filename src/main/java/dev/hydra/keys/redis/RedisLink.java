package dev.hydra.keys.redis;

import dev.hydra.settings.RedisUrl;
import dev.hydra.wire.Threads;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import redis.clients.jedis.params.SetParams;

/**
 * The line to Redis, which is either joined or lost. Safe for use by many threads.
 *
 * <p>The first call that fails, or that is not answered within the limit, loses the line: from then on every call is refused without a wait, until a probe
 * in the background has succeeded. Callers do without Redis meanwhile; no exception of Redis ever reaches them.
 */
public final class RedisLink implements AutoCloseable {
    /** A request waits so long for an answer of Redis; with a connection that cannot be replaced, 100 ms at most (product POOL-9). */
    public static final Duration LIMIT = Duration.ofMillis(60);

    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);
    /** Lost again sooner than this, the line is probed less often. */
    private static final Duration STEADY = Duration.ofSeconds(10);
    private static final int AT_ONCE = 32;

    private final RedisClients clients;
    private final String channel;
    private final Owner owner;
    private final String shown;
    /** Places for calls under way. Waiting for one ends soon: who holds one gets an answer within the limit or loses the line. */
    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(Threads.virtual("hydra-redis-"));
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Subscription subscription;
    private volatile @Nullable UnifiedJedis client;
    private volatile boolean joined;
    private String lastTrouble = "";

    /** Who uses the line. Called on threads of the line, save for {@link #lost}. */
    public interface Owner {
        /** Says that this node is alive, every second. @throws RuntimeException when Redis cannot be used */
        void beat(Direct line);

        /** Brings Redis up to date before the line is joined again. @throws RuntimeException when Redis cannot be used */
        void rejoin(Direct line);

        /** The line is joined from now on. */
        void joined();

        /** The line is lost from now on. On the thread of the call that found it out; must not wait. */
        void lost();

        /** Another node, or this one, has published something. */
        void heard(String message);
    }

    /** Calls that do not ask whether the line is joined. They throw {@link JedisException} when Redis does not answer as it should. */
    public interface Direct {
        /** Runs a script. All keys must be of one slot. */
        <T> T run(Script script, List<String> keys, List<String> args, Function<List<?>, T> reader);
    }

    /**
     * A line that is lost until {@link #open} and the first successful probe.
     *
     * @param channel name of the channel of messages
     * @param limit   for one answer
     */
    public RedisLink(RedisUrl url, String channel, Duration limit, Owner owner) {
        this(new RedisClients(url, limit, RedisClients.CHECKED), channel, owner);
    }

    RedisLink(RedisClients clients, String channel, Owner owner) {
        this.clients = clients;
        this.channel = channel;
        this.owner = owner;
        this.shown = clients.url().toString();
        this.subscription = new Subscription(owner::heard);
    }

    /** Probes once, then goes on in the background. */
    public void open() {
        probe();
        threads.execute(this::keep);
        threads.execute(this::listen);
    }

    /** Whether Redis is asked. */
    public boolean isJoined() {
        return joined;
    }

    /** Whether messages of other nodes are heard. */
    public boolean isListening() {
        return subscription.isSubscribed();
    }

    /** Runs a script; all keys must be of one slot. Empty when the line is lost. @param reader of the answer; one that it cannot read loses the line */
    public <T> Optional<T> run(Script script, List<String> keys, List<String> args, Function<List<?>, T> reader) {
        return call(redis -> reader.apply(run(redis, script, keys, args)));
    }

    /** A stored text; empty when there is none or the line is lost. */
    public Optional<String> get(String name) {
        return call(redis -> Optional.ofNullable(redis.get(name))).flatMap(found -> found);
    }

    /** Stores a text for a time. @param ttl positive. @return false when the line is lost */
    public boolean set(String name, String text, Duration ttl) {
        return call(redis -> redis.set(name, text, SetParams.setParams().px(ttl.toMillis()))).isPresent();
    }

    /** Publishes a message. @return false when the line is lost */
    public boolean publish(String message) {
        return call(redis -> redis.publish(channel, message)).isPresent();
    }

    private <T> Optional<T> call(Function<UnifiedJedis, T> question) {
        if (!joined) {
            return Optional.empty();
        }
        places.acquireUninterruptibly();
        try {
            UnifiedJedis current = client;
            return joined && current != null ? Optional.of(ask(current, question)) : Optional.empty();
        } catch (RuntimeException e) {
            lose(e);
            return Optional.empty();
        } finally {
            places.release();
        }
    }

    /** A socket of a virtual thread breaks when the thread is interrupted, as it is when the client of a request has gone: that says nothing of Redis. */
    private static <T> T ask(UnifiedJedis redis, Function<UnifiedJedis, T> question) {
        boolean interrupted = Thread.interrupted();
        try {
            return question.apply(redis);
        } catch (JedisException e) {
            boolean now = Thread.interrupted();
            interrupted |= now;
            if (!now && (!(e instanceof JedisConnectionException) || timedOut(e))) {
                throw e;
            }
            // A connection may have been cut while it was idle, and so may the others of the pool.
            RedisClients.forget(redis);
            return question.apply(redis);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean timedOut(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException) {
                return true;
            }
        }
        return false;
    }

    private static List<?> run(UnifiedJedis redis, Script script, List<String> keys, List<String> args) {
        Object answer;
        try {
            answer = redis.evalsha(script.sha(), keys, args);
        } catch (JedisNoScriptException e) {
            answer = redis.eval(script.text(), keys, args);
        }
        return answer instanceof List<?> list ? list : List.of();
    }

    private void lose(Exception e) {
        synchronized (this) {
            if (!joined) {
                return;
            }
            joined = false;
            lastTrouble = trouble(e);
            LOG.warn("Redis at {} is lost, quotas are kept by this node alone until it is back: {}", shown, lastTrouble);
        }
        owner.lost();
    }

    private static String trouble(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse(root.toString());
    }

    private void keep() {
        Duration pause = FIRST_PAUSE;
        long since = System.nanoTime();
        boolean before = joined;
        while (!over(before ? BEAT : pause)) {
            boolean now = before ? beat() : probe();
            if (before && !now) {
                boolean steady = System.nanoTime() - since > STEADY.toNanos();
                pause = steady || pause.compareTo(LONGEST_PAUSE) >= 0 ? steady ? FIRST_PAUSE : LONGEST_PAUSE : pause.multipliedBy(2);
            }
            since = now && !before ? System.nanoTime() : since;
            before = now;
        }
    }

    private boolean over(Duration time) {
        try {
            return ended.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    private boolean beat() {
        UnifiedJedis current = client;
        if (!joined || current == null) {
            return false;
        }
        try {
            owner.beat(direct(current));
            // Keeps the connections that listen alive; nobody minds an empty message.
            current.publish(channel, "");
        } catch (RuntimeException e) {
            lose(e);
        }
        return joined;
    }

    /** Whether Redis is there: then everybody asks it again. */
    private boolean probe() {
        UnifiedJedis current = client;
        try {
            if (current == null) {
                current = clients.connect();
                client = current;
            }
            RedisClients.forget(current);
            RedisClients.prepare(current);
            owner.rejoin(direct(current));
        } catch (RuntimeException e) {
            untouched(e);
            return false;
        }
        synchronized (this) {
            joined = true;
            lastTrouble = "";
        }
        LOG.info("Redis at {} is joined", shown);
        owner.joined();
        return true;
    }

    private synchronized void untouched(RuntimeException e) {
        String trouble = trouble(e);
        if (lastTrouble.isEmpty()) {
            LOG.warn("Redis at {} cannot be joined, quotas are kept by this node alone until it is there: {}", shown, trouble);
        }
        lastTrouble = trouble;
    }

    /** Why Redis is not asked; empty when it is. */
    public synchronized String trouble() {
        return joined ? "" : lastTrouble;
    }

    private static Direct direct(UnifiedJedis redis) {
        return new Direct() {
            @Override
            public <T> T run(Script script, List<String> keys, List<String> args, Function<List<?>, T> reader) {
                return reader.apply(RedisLink.run(redis, script, keys, args));
            }
        };
    }

    private void listen() {
        do {
            UnifiedJedis current = client;
            if (joined && current != null) {
                // Not a connection of the pool: one that goes back while it still listens would answer questions with messages.
                try (Jedis listener = clients.listener(current)) {
                    listener.subscribe(subscription, channel);
                } catch (RuntimeException e) {
                    LOG.debug("Messages of Redis have ended: {}", e.toString());
                }
            }
        } while (!over(FIRST_PAUSE));
    }

    /** Ends the background work and closes all connections. */
    @Override
    public void close() {
        ended.countDown();
        joined = false;
        subscription.end();
        UnifiedJedis current = client;
        if (current != null) {
            current.close();
        }
        threads.shutdownNow();
    }
}
