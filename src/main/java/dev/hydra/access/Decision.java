package dev.hydra.access;

import java.time.Duration;
import java.util.Optional;

/** What {@link Access} says to a request. */
public sealed interface Decision {

    /** The request may go on. */
    record Granted(Area area, Caller caller) implements Decision {
    }

    /**
     * The request ends here.
     *
     * @param message    for the client: what is missing and how to get it; nothing secret
     * @param retryAfter when another try makes sense; empty = not by waiting
     */
    record Denied(Area area, Reason reason, String message, Optional<Duration> retryAfter) implements Decision {
    }

    /** Why a request ends. */
    enum Reason {
        /** The request itself is wrong: 400. */
        MALFORMED,
        /** A token is missing or not valid: 401. */
        NO_TOKEN,
        /** An admin sign-in is missing or wrong: 401. */
        NO_SIGN_IN,
        /** Not from here, whoever it is: 403. */
        FORBIDDEN,
        /** Too many wrong passwords: 429. */
        TOO_MANY_ATTEMPTS
    }
}
