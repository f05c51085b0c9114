package dev.hydra.cli;

import dev.hydra.access.NewToken;
import dev.hydra.access.Token;
import dev.hydra.secret.Secret;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What commands work on. Closing lets go of connections or the database. */
sealed interface Backend extends AutoCloseable permits AdminApi, OwnDatabase {
    /** Version, mode, tokens, database; and of a running server its address and uptime. */
    JsonObject status();

    /** All access tokens, oldest first. */
    List<Token> tokens();

    /** Makes an access token. @throws CommandFailed when name, expiry or text cannot be taken */
    NewToken createToken(String name, Optional<Instant> expires, Optional<Secret> own);

    /** Revokes an access token. @param id of a token in {@link #tokens} */
    void revokeToken(String id);

    @Override
    void close();
}
