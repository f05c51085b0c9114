package dev.hydra.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

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
        // On the caller's thread: a common pool's thread would outlive the application.
        failures = Caffeine.newBuilder().maximumSize(MOST_ADDRESSES).executor(Runnable::run).build();
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

    /** One try with a password, looked at and counted in one step, so that many at once are not more than one after the other. */
    synchronized Outcome attempt(InetAddress address, BooleanSupplier isRight) {
        if (wait(address).isPresent()) {
            return Outcome.HAS_TO_WAIT;
        }
        if (isRight.getAsBoolean()) {
            failures.invalidate(address);
            return Outcome.RIGHT;
        }
        Instant now = clock.instant();
        Failures known = failures.getIfPresent(address);
        int before = known == null || !now.isBefore(known.until) ? 0 : known.count;
        failures.put(address, new Failures(before + 1, now.plus(WINDOW)));
        return Outcome.WRONG;
    }

    /** How a try ended. */
    enum Outcome {
        RIGHT, WRONG, HAS_TO_WAIT
    }

    private record Failures(int count, Instant until) {
    }
}
