package dev.hydra.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Slows down guessing of the admin password: after five wrong ones an address has to wait, with the right one too. Addresses are the socket's or a
 * trusted proxy's word, so nobody can be locked out by a header that somebody else wrote (spec defects S25).
 */
final class SignInAttempts {
    static final int ALLOWED = 5;
    static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MOST_ADDRESSES = 10_000;

    private final Clock clock;
    private final Cache<InetAddress, Failures> failures;

    SignInAttempts(Clock clock) {
        this.clock = clock;
        failures = Caffeine.newBuilder().maximumSize(MOST_ADDRESSES).build();
    }

    /** How long the address still has to wait; empty = it may try. */
    Optional<Duration> wait(InetAddress address) {
        Failures known = failures.getIfPresent(address);
        Instant now = clock.instant();
        if (known == null || known.count < ALLOWED || !now.isBefore(known.until)) {
            return Optional.empty();
        }
        return Optional.of(Duration.between(now, known.until));
    }

    void failed(InetAddress address) {
        Instant now = clock.instant();
        failures.asMap().compute(address, (key, known) -> known == null || !now.isBefore(known.until)
                ? new Failures(1, now.plus(WINDOW)) : new Failures(known.count + 1, now.plus(WINDOW)));
    }

    void succeeded(InetAddress address) {
        failures.invalidate(address);
    }

    private record Failures(int count, Instant until) {
    }
}
