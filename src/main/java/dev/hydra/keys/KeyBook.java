package dev.hydra.keys;

import dev.hydra.Component;
import dev.hydra.keys.KeyList.Problem;
import dev.hydra.keys.ProviderKey.Status;
import dev.hydra.secret.Fingerprint;
import dev.hydra.secret.Secret;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rows of all keys in memory. Guarded by its own monitor. New rows are seen once they are stored. A row that is there is changed in
 * memory first: when the database refuses the change, the caller gets the exception, this process goes by the change, and the row's next change writes both.
 *
 * <p>A key that was deleted while a file or the environment held it leaves a row without its secret. It comes back when that source changes or when
 * somebody adds it by hand.
 */
@Component
public final class KeyBook {
    private static final int HINT = 4;
    private static final int LONGEST_NAME = 200;

    private final KeyStore store;
    private final Clock clock;
    private final Map<String, ProviderKey> rows = new LinkedHashMap<>();
    /** By configured project: how the provider names it. */
    private final Map<String, String> consumers = new HashMap<>();
    private long lastPlace;

    /** Empty until {@link #load}. */
    @Inject
    public KeyBook(KeyStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    synchronized void load() {
        rows.clear();
        for (ProviderKey row : store.all()) {
            rows.put(row.id, row);
            lastPlace = Math.max(lastPlace, row.place);
            named(row);
        }
    }

    /** What other nodes have changed. @param gone ids of keys that are there no more */
    record News(List<ProviderKey> changed, Set<String> gone) {
    }

    /** Takes over what other nodes have stored. Rows stay the same objects. */
    synchronized News reread() {
        if (!store.isNews()) {
            return new News(List.of(), Set.of());
        }
        List<ProviderKey> changed = new ArrayList<>();
        Set<String> gone = new HashSet<>(rows.keySet());
        for (ProviderKey stored : store.all()) {
            gone.remove(stored.id);
            ProviderKey known = rows.putIfAbsent(stored.id, stored);
            if (known == null || !known.isAs(stored)) {
                changed.add(known == null ? stored : known);
            }
            if (known != null) {
                known.become(stored);
            }
            lastPlace = Math.max(lastPlace, stored.place);
            named(stored);
        }
        rows.keySet().removeAll(gone);
        return new News(changed, gone);
    }

    Instant now() {
        return clock.instant();
    }

    /** @throws IllegalArgumentException when the row was changed or encrypted with another key */
    Secret open(ProviderKey row) {
        return store.open(row);
    }

    private void named(ProviderKey row) {
        if (!row.consumer.isEmpty() && !row.project.isEmpty()) {
            consumers.putIfAbsent(row.project, row.consumer);
        }
    }

    /** The provider has named a key's project. */
    synchronized void name(ProviderKey row, String consumer) {
        row.consumer = RestRow.cut(consumer, LONGEST_NAME);
        named(row);
        save(row);
    }

    synchronized List<ProviderKey> present() {
        return rows.values().stream().filter(row -> row.status != Status.DELETED).toList();
    }

    synchronized Optional<ProviderKey> find(String id) {
        return Optional.ofNullable(rows.get(id)).filter(row -> row.status != Status.DELETED);
    }

    /** Adds keys that somebody gave. @param problems takes those that are there already */
    synchronized List<ProviderKey> add(Collection<NewKey> keys, String source, List<Problem> problems) {
        List<ProviderKey> added = new ArrayList<>();
        List<ProviderKey> changed = new ArrayList<>();
        for (NewKey key : keys) {
            ProviderKey known = rows.get(Fingerprint.of(key.secret()).value());
            if (known == null) {
                added.add(row(key, source));
            } else if (known.status == Status.DELETED) {
                changed.add(revived(known, key, source));
            } else {
                problems.add(new Problem(key.entry(), "api_key", "is there already: key " + known.id + ", "
                        + known.status.name().toLowerCase(Locale.ROOT) + ", from " + known.source + "."));
            }
        }
        store.save(added, changed);
        added.forEach(row -> rows.put(row.id, row));
        added.addAll(changed);
        return added;
    }

    /** Takes over what a configured source holds now. */
    synchronized void sync(Source source) {
        List<ProviderKey> added = new ArrayList<>();
        List<ProviderKey> changed = new ArrayList<>();
        String version = source.version();
        for (NewKey key : source.keys().keys()) {
            ProviderKey known = rows.get(Fingerprint.of(key.secret()).value());
            if (known == null) {
                ProviderKey row = row(key, source.name());
                row.seen = version;
                added.add(row);
            } else if (!known.seenIn(version)) {
                ProviderKey row = known.status == Status.DELETED ? revived(known, key, source.name()) : described(known, key);
                row.seen = seen(row, source.name(), version);
                changed.add(row);
            }
        }
        store.save(added, changed);
        added.forEach(row -> rows.put(row.id, row));
    }

    /** Removes a key for good, or leaves a mark where a source would bring it back. */
    synchronized void remove(ProviderKey row) {
        if (row.seen.isEmpty()) {
            store.delete(row);
            rows.remove(row.id);
        } else {
            row.status = Status.DELETED;
            row.secret = "";
            save(row);
        }
    }

    synchronized void save(ProviderKey row) {
        row.updated = clock.instant();
        store.save(List.of(), List.of(row));
    }

    synchronized void saveAll(Collection<ProviderKey> changed) {
        store.save(List.of(), changed);
    }

    /** Whether the key's sources, as far as they are configured here and could be read, still have it. */
    static boolean isThere(ProviderKey row, Collection<Source> sources) {
        if (row.seen.isEmpty() || !(row.source.equals(Source.ENVIRONMENT) || row.source.startsWith("file:"))) {
            return true;
        }
        for (String seen : row.seen.split(" ")) {
            String name = seen.substring(0, seen.lastIndexOf('='));
            Optional<Source> source = sources.stream().filter(known -> known.name().equals(name)).findFirst();
            if (source.isEmpty() || !source.get().keys().complete() || source.get().hashes().contains(row.hash)) {
                return true;
            }
        }
        return false;
    }

    /** The project whose quota the key uses: as the provider named it, for this key or for another one of the same configured project. */
    synchronized String bucket(ProviderKey row) {
        if (!row.consumer.isEmpty() || row.project.isEmpty()) {
            return row.consumer;
        }
        return consumers.getOrDefault(row.project, row.project);
    }

    synchronized Set<String> lists() {
        return rows.values().stream().map(row -> row.listId).filter(id -> !id.isEmpty()).collect(Collectors.toSet());
    }

    private ProviderKey row(NewKey key, String source) {
        ProviderKey row = new ProviderKey();
        Secret secret = key.secret();
        row.id = Fingerprint.of(secret).value();
        row.hash = Fingerprint.hash(secret);
        row.hint = hint(secret);
        row.source = RestRow.cut(source, RestRow.LONGEST_REASON);
        row.place = ++lastPlace;
        row.created = clock.instant();
        row.updated = row.created;
        store.seal(row, secret);
        return described(row, key);
    }

    /** So little that the rest cannot be guessed from it: nothing of a key that is short. */
    private static String hint(Secret secret) {
        String text = secret.reveal();
        return text.length() < 4 * HINT ? "" : text.substring(text.length() - HINT);
    }

    private ProviderKey revived(ProviderKey row, NewKey key, String source) {
        row.status = Status.ACTIVE;
        row.reason = "";
        row.message = "";
        row.source = RestRow.cut(source, RestRow.LONGEST_REASON);
        row.updated = clock.instant();
        store.seal(row, key.secret());
        return described(row, key);
    }

    private static ProviderKey described(ProviderKey row, NewKey key) {
        row.email = key.email().isEmpty() ? row.email : key.email();
        row.project = key.project().isEmpty() ? row.project : key.project();
        row.tier = key.tier() == Tier.FREE ? row.tier : key.tier();
        return row;
    }

    private static String seen(ProviderKey row, String name, String version) {
        StringBuilder seen = new StringBuilder(version);
        for (String other : row.seen.split(" ")) {
            if (!other.isEmpty() && !other.startsWith(name + '=')) {
                seen.append(' ').append(other);
            }
        }
        return seen.toString();
    }
}
