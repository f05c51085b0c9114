package dev.hydra.keys;

import dev.hydra.Component;
import dev.hydra.keys.redis.RedisLink;
import dev.hydra.settings.Settings;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Where the pool's state is: in this process, or in Redis where {@code HYDRA_REDIS_URL} names one. */
@Component
public final class StateSource {

    @Produces
    @Singleton
    static SharedState state(Settings settings, Clock clock) {
        LocalState own = new LocalState(settings.pool(), clock);
        return settings.redis().<SharedState>map(url -> new ClusterState(own, url, clock, RedisLink.LIMIT).open()).orElse(own);
    }

    static void close(@Disposes SharedState state) {
        state.close();
    }
}
