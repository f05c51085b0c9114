package dev.hydra.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Small texts by name, each for its own time. Bounded by size: those that were not asked for lately go first. */
final class Memory {
    /** Characters of names and texts together. A thought signature has 1,000 to 10,000. */
    private static final long MOST = 64L * 1024 * 1024;

    private final Cache<String, Kept> kept;

    Memory(Clock clock) {
        kept = Caffeine.newBuilder()
                .maximumWeight(MOST)
                .<String, Kept>weigher((name, entry) -> name.length() + entry.text.length())
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .expireAfter(Expiry.<String, Kept>writing((name, entry) -> entry.ttl))
                // Not the server's common pool, whose threads would hold on to the application's class loader.
                .executor(Runnable::run)
                .build();
    }

    void remember(String name, String text, Duration ttl) {
        kept.put(name, new Kept(text, ttl));
    }

    Optional<String> recall(String name) {
        return Optional.ofNullable(kept.getIfPresent(name)).map(Kept::text);
    }

    private record Kept(String text, Duration ttl) {
    }
}
