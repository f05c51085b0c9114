package dev.hydra.access;

import dev.hydra.secret.Fingerprint;
import dev.hydra.secret.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Rows of many tokens at once: {@link Tokens#create} makes one in a transaction of its own and reads all again. */
public final class StoredTokens {
    private StoredTokens() {
    }

    /** Entities of tokens that are active and that nobody uses. @param first number of the first one; it is part of its name */
    public static List<?> rows(int first, int count, Instant created) {
        return IntStream.range(first, first + count).mapToObj(number -> {
            Token token = new Token("tok_" + RandomText.ofLength(10), "stored-" + number, created, Optional.empty(), Optional.empty(),
                    Optional.empty());
            return new AccessToken(token, Fingerprint.hash(Secret.of("the-text-of-stored-" + number)));
        }).toList();
    }
}
