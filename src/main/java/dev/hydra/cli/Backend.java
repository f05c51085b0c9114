package dev.hydra.cli;

import dev.hydra.access.NewToken;
import dev.hydra.access.Token;
import dev.hydra.keys.Attention;
import dev.hydra.keys.Cap;
import dev.hydra.keys.CapProgress;
import dev.hydra.keys.CheckResult;
import dev.hydra.keys.KeyEntry;
import dev.hydra.keys.Keys;
import dev.hydra.keys.NewKey;
import dev.hydra.secret.Secret;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/** What commands work on. Closing lets go of connections or the database. */
sealed interface Backend extends AutoCloseable permits AdminApi, OwnDatabase {
    /** {@code running}, {@code version}, {@code tokens}; and of a running server its address, mode and uptime. */
    JsonObject status();

    /** All access tokens, oldest first. */
    List<Token> tokens();

    /** Makes an access token. @throws CommandFailed when name, expiry or text cannot be taken */
    NewToken createToken(String name, Optional<Instant> expires, Optional<Secret> own);

    /** Revokes an access token. @param id of a token in {@link #tokens} */
    void revokeToken(String id);

    /** All keys, in the operator's order. */
    List<KeyEntry> keys();

    /** Stores keys and has them verified (a server that gets very many goes on with that in the background). Keys that are there already are a problem. */
    Keys.Added addKeys(List<NewKey> keys);

    /** Removes a key. @param id of one of {@link #keys} */
    void removeKey(String id);

    /** Asks the provider about a key. @param id of one of {@link #keys} */
    CheckResult verifyKey(String id);

    /** Clears cooldowns, pauses, counters and disabled marks. */
    Keys.Reset resetPool();

    /** Aliases that were set: models by name, in the order in which they are tried. */
    SortedMap<String, List<String>> aliases();

    /** Sets or changes an alias. @throws CommandFailed when a name cannot be taken */
    void setAlias(String name, List<String> models);

    /** Removes an alias. @throws CommandFailed when there is none of this name that can be removed */
    void removeAlias(String name);

    /** Models by the name of their quota group. */
    SortedMap<String, SortedSet<String>> quotaGroups();

    /** Puts models into a group. @throws CommandFailed when a name cannot be taken */
    void addToQuotaGroup(String name, List<String> models);

    /** Ends a group. @throws CommandFailed when there is none of this name that can be removed */
    void removeQuotaGroup(String name);

    /** What should be looked at, with the reason. */
    List<Attention.Item> attention();

    /** All caps with what was used of them, by name. */
    List<CapProgress> caps();

    /** Sets or changes a cap. */
    void setCap(Cap cap);

    /** Removes a cap. @throws CommandFailed when there is none of this name that can be removed */
    void removeCap(String name);

    @Override
    void close();
}
