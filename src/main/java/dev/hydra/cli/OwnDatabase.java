package dev.hydra.cli;

import dev.hydra.Version;
import dev.hydra.access.InvalidField;
import dev.hydra.access.NewToken;
import dev.hydra.access.Token;
import dev.hydra.access.Tokens;
import dev.hydra.keys.Attention;
import dev.hydra.keys.Cap;
import dev.hydra.keys.CapProgress;
import dev.hydra.keys.CheckResult;
import dev.hydra.keys.InvalidEntry;
import dev.hydra.keys.KeyDesk;
import dev.hydra.keys.KeyEntry;
import dev.hydra.keys.KeyList;
import dev.hydra.keys.Keys;
import dev.hydra.keys.NewKey;
import dev.hydra.secret.Secret;
import dev.hydra.settings.Settings;
import dev.hydra.store.Database;
import dev.hydra.store.Encryption;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/** The database, opened by the command itself because no server runs. */
final class OwnDatabase implements Backend {
    private final Database database;
    private final Tokens tokens;
    private final KeyDesk desk;
    private final Clock clock = Clock.systemUTC();

    /** @throws dev.hydra.store.StoreUnavailable when it cannot be opened */
    OwnDatabase(Settings settings) {
        database = new Database(settings);
        try {
            tokens = new Tokens(database, settings, clock);
            desk = new KeyDesk(settings, database, new Encryption(settings, database), clock);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
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
    public List<KeyEntry> keys() {
        return desk.keys().list();
    }

    @Override
    public Keys.Added addKeys(List<NewKey> keys) {
        Keys.Added added = desk.keys().add(new KeyList(keys, List.of(), true), "cli");
        List<String> ids = added.keys().stream().map(KeyEntry::id).toList();
        desk.keys().verifyAll(ids);
        return new Keys.Added(ids.stream().map(desk.keys()::find).toList(), added.problems());
    }

    @Override
    public void removeKey(String id) {
        desk.keys().remove(id);
    }

    @Override
    public CheckResult verifyKey(String id) {
        return desk.keys().verify(id);
    }

    @Override
    public Keys.Reset resetPool() {
        return desk.keys().reset();
    }

    @Override
    public SortedMap<String, List<String>> aliases() {
        return desk.names().aliases();
    }

    @Override
    public void setAlias(String name, List<String> models) {
        named(() -> desk.names().setAlias(name, models));
    }

    @Override
    public void removeAlias(String name) {
        if (!desk.names().removeAlias(name)) {
            throw new CommandFailed("No alias that was set here is called '" + name + "'.");
        }
    }

    @Override
    public SortedMap<String, SortedSet<String>> quotaGroups() {
        return desk.names().groups();
    }

    @Override
    public void addToQuotaGroup(String name, List<String> models) {
        named(() -> desk.names().addToGroup(name, models));
    }

    @Override
    public void removeQuotaGroup(String name) {
        if (!desk.names().removeGroup(name)) {
            throw new CommandFailed("No quota group that was set here is called '" + name + "'.");
        }
    }

    @Override
    public List<Attention.Item> attention() {
        return desk.attention();
    }

    @Override
    public List<CapProgress> caps() {
        return desk.caps().progress();
    }

    @Override
    public void setCap(Cap cap) {
        desk.caps().set(cap);
    }

    @Override
    public void removeCap(String name) {
        if (!desk.caps().remove(name)) {
            throw new CommandFailed("No cap that was set here is called '" + name + "'.");
        }
    }

    private static void named(Runnable change) {
        try {
            change.run();
        } catch (InvalidEntry e) {
            throw new CommandFailed(e.getMessage());
        }
    }

    @Override
    public void close() {
        desk.close();
        tokens.close();
        database.close();
    }
}
