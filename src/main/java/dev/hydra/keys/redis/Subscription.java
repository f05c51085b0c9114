package dev.hydra.keys.redis;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.exceptions.JedisException;

/** What is published on one channel. */
final class Subscription extends JedisPubSub {
    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);

    private final Consumer<String> listener;

    Subscription(Consumer<String> listener) {
        this.listener = listener;
    }

    @Override
    public void onMessage(String channel, String message) {
        if (message.isEmpty()) {
            return;
        }
        try {
            listener.accept(message);
        } catch (RuntimeException e) {
            LOG.warn("A message of another node is left: {}", e.toString());
        }
    }

    /** Makes the thread that listens return. */
    void end() {
        if (isSubscribed()) {
            try {
                unsubscribe();
            } catch (JedisException e) {
                LOG.debug("The connection that listens is broken: {}", e.toString());
            }
        }
    }
}
