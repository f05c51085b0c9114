package dev.hydra.cli;

import dev.hydra.Version;
import dev.hydra.access.InvalidField;
import dev.hydra.access.NewToken;
import dev.hydra.access.Token;
import dev.hydra.access.Tokens;
import dev.hydra.secret.Secret;
import dev.hydra.settings.Settings;
import dev.hydra.store.Database;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The database, opened by the command itself because no server runs. */
final class OwnDatabase implements Backend {
    private final Database database;
    private final Tokens tokens;
    private final Clock clock = Clock.systemUTC();

    /** @throws dev.hydra.store.StoreUnavailable when it cannot be opened */
    OwnDatabase(Settings settings) {
        database = new Database(settings);
        tokens = new Tokens(database, settings, clock);
    }

    @Override
    public JsonObject status() {
        List<Token> known = tokens.list();
        long active = known.stream().filter(token -> token.state(clock.instant()) == Token.State.ACTIVE).count();
        return Json.objectBuilder().add("running", false).add("version", Version.TEXT)
                .add("tokens", Json.objectBuilder().add("active", active).add("all", known.size())).build();
    }

    @Override
    public List<Token> tokens() {
        return tokens.list();
    }

    @Override
    public NewToken createToken(String name, Optional<Instant> expires, Optional<Secret> own) {
        try {
            return tokens.create(name, expires, own);
        } catch (InvalidField e) {
            throw new CommandFailed(e.field() + ": " + e.getMessage());
        }
    }

    @Override
    public void revokeToken(String id) {
        tokens.revoke(id);
    }

    @Override
    public void close() {
        tokens.close();
        database.close();
    }
}
