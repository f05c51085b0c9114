package dev.hydra.upstream;

import java.util.OptionalInt;

/** google.rpc.Code in its own order, from 1; with the HTTP status that Google's APIs use for it (google/rpc/code.proto). */
enum CanonicalCode {
    CANCELLED(499), UNKNOWN(500), INVALID_ARGUMENT(400), DEADLINE_EXCEEDED(504), NOT_FOUND(404), ALREADY_EXISTS(409),
    PERMISSION_DENIED(403), RESOURCE_EXHAUSTED(429), FAILED_PRECONDITION(400), ABORTED(409), OUT_OF_RANGE(400), UNIMPLEMENTED(501),
    INTERNAL(500), UNAVAILABLE(503), DATA_LOSS(500), UNAUTHENTICATED(401);

    private static final CanonicalCode[] ALL = values();

    private final int http;

    CanonicalCode(int http) {
        this.http = http;
    }

    /** HTTP status of a code's name. */
    static OptionalInt http(String name) {
        for (CanonicalCode code : ALL) {
            if (code.name().equals(name)) {
                return OptionalInt.of(code.http);
            }
        }
        return OptionalInt.empty();
    }

    /** HTTP status of a code's number. */
    static OptionalInt http(int number) {
        return number >= 1 && number <= ALL.length ? OptionalInt.of(ALL[number - 1].http) : OptionalInt.empty();
    }
}
