package dev.hydra.wire;

import java.time.Duration;

/** Lets time pass; a constructor argument wherever something waits, so that tests need not. */
@FunctionalInterface
public interface Sleeper {
    /** Really sleeps. */
    Sleeper SYSTEM = Thread::sleep;

    /** Returns after {@code duration}; at once when it is not positive. */
    void sleep(Duration duration) throws InterruptedException;
}
