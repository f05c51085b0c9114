package dev.hydra.wire;

import dev.hydra.Component;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The time that the product runs by; tests pass their own. */
@Component
public final class SystemTime {

    @Produces
    @Singleton
    static Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    static Sleeper sleeper() {
        return Sleeper.SYSTEM;
    }
}
