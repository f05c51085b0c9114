package dev.hydra.keys;

import dev.hydra.Component;
import dev.hydra.keys.KeyList.Problem;
import dev.hydra.keys.ProviderKey.Status;
import dev.hydra.secret.Fingerprint;
import dev.hydra.settings.Settings;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that Hydra has: add, list, check, remove, reset. For the admin API and, without a server, for the command line.
 *
 * <p>Nothing is known before {@link #open}. Methods that check keys block for the provider; all write to the database before they return.
 */
@Component
public final class Keys {
    /** Callers can invent names of models, so these cannot make the provider be asked more often. */
    private static final Duration BETWEEN_DISCOVERIES = Duration.ofMinutes(10);
    private static final String UNREADABLE = "UNREADABLE";
    private static final Logger LOG = LoggerFactory.getLogger(Keys.class);

    private final Settings settings;
    private final KeyBook book;
    private final KeyPool pool;
    private final KeyCheck check;
    private final ModelCatalogue catalogue;
    private final Background background;
    private final Map<String, Boolean> beingChecked = new ConcurrentHashMap<>();
    private final Retests retests = new Retests();
    /** When the provider may be asked again because of a model that nobody knows. Guarded by {@link #retests}. */
    private Instant nextDiscovery = Instant.MIN;
    private volatile List<Source> sources = List.of();

    /** What was added and what was not. */
    public record Added(List<KeyEntry> keys, List<Problem> problems) {
    }

    /** What a reset has cleared. @param enabled keys that had been disabled */
    public record Reset(int rests, int pauses, int counters, int enabled) {
    }

    /** Keys in this pool. */
    @Inject
    public Keys(Settings settings, KeyBook book, KeyPool pool, KeyCheck check, ModelCatalogue catalogue, Background background) {
        this.settings = settings;
        this.book = book;
        this.pool = pool;
        this.check = check;
        this.catalogue = catalogue;
        this.background = background;
    }

    /** Reads the stored keys into the pool. For a command line that runs without a server: configured sources are left alone. */
    public void open() {
        book.load();
        pool.listen(new Events());
        book.present().forEach(this::enter);
        used();
    }

    /** Takes over what the configured sources hold. @return what was wrong in them */
    public List<Problem> sync() {
        List<Source> found = Source.of(settings.gemini());
        List<Problem> problems = new ArrayList<>();
        for (Source source : found) {
            book.sync(source);
            source.keys().problems().forEach(problem -> {
                LOG.warn("{}: {}", source.name(), problem);
                problems.add(problem);
            });
            source.keys().notes().forEach(note -> LOG.info("{}: {}", source.name(), note));
        }
        sources = found;
        book.present().forEach(this::enter);
        used();
        return problems;
    }

    /** Takes over what other nodes on the same database, or commands, have changed. */
    void reread() {
        KeyBook.News news = book.reread();
        if (news.changed().isEmpty() && news.gone().isEmpty()) {
            return;
        }
        catalogue.reread(book.lists());
        news.gone().forEach(pool::remove);
        news.changed().forEach(this::enter);
        used();
    }

    /** Adds keys that somebody gave. @param source {@code cli} or {@code api} */
    public Added add(KeyList list, String source) {
        List<Problem> problems = new ArrayList<>(list.problems());
        List<ProviderKey> added = book.add(list.keys(), source, problems);
        added.forEach(this::enter);
        return new Added(entries(added), problems);
    }

    /** Adds the keys of a file; those that are there already are no problem. A key that the file loses later is left out where the file is configured. */
    public Added add(Path file) {
        Source source = Source.of(Source.name(file), KeyList.read(file));
        book.sync(source);
        List<ProviderKey> held = book.present().stream().filter(row -> source.hashes().contains(row.hash)).toList();
        held.forEach(this::enter);
        return new Added(entries(held), source.keys().problems());
    }

    /** All keys in the operator's order. */
    public List<KeyEntry> list() {
        return entries(book.present());
    }

    /** The key that a text names: its id or a part of it, its last four characters, or its e-mail. @throws UnknownKey when none or several match */
    public KeyEntry find(String text) {
        return entries(List.of(row(text))).getFirst();
    }

    /** Removes the key that a text names, as in {@link #find}. */
    public KeyEntry remove(String text) {
        ProviderKey row = row(text);
        KeyEntry removed = entries(List.of(row)).getFirst();
        pool.remove(row.id);
        book.remove(row);
        used();
        return removed;
    }

    /** Asks the provider about the key that a text names, as in {@link #find}; an accepted key is enabled, a refused one disabled. */
    public CheckResult verify(String text) {
        return verify(row(text));
    }

    private CheckResult verify(ProviderKey row) {
        CheckResult result = check.check(book.open(row));
        synchronized (book) {
            if (book.find(row.id).isPresent()) {
                apply(row, result);
            }
        }
        return result;
    }

    private void apply(ProviderKey row, CheckResult result) {
        String before = listOf(row);
        switch (result) {
            case CheckResult.Valid valid -> {
                row.status = Status.ACTIVE;
                row.reason = "";
                row.message = "";
                row.listId = catalogue.keep(valid.models());
                row.checked = book.now();
                book.save(row);
                enter(row);
                pool.state().resume(row.id);
                pool.queue().changed();
                catalogue.trouble("");
            }
            case CheckResult.Invalid invalid -> {
                row.checked = book.now();
                disable(row, invalid.reason(), invalid.message());
            }
            case CheckResult.Unreachable unreachable -> catalogue.trouble(unreachable.message());
        }
        String after = listOf(row);
        // Not for each of thousands of new keys, which mostly have the models of the first one: it looks at all keys.
        if (!before.equals(after) && !(before.isEmpty() && catalogue.uses(after))) {
            used();
        }
    }

    /** The list of models that counts because of this key; empty for none. */
    private static String listOf(ProviderKey row) {
        return row.status == Status.ACTIVE ? row.listId : "";
    }

    private void disable(ProviderKey row, String reason, String message) {
        row.status = Status.DISABLED;
        row.reason = RestRow.cut(reason, KeyPool.LONGEST_MODEL_NAME);
        row.message = RestRow.cut(message, RestRow.LONGEST_REASON);
        pool.markDisabled(row.id, row.reason);
        book.save(row);
        LOG.warn("Key {} (…{}) is disabled: {} {}", row.id, row.hint, row.reason, row.message);
    }

    /** Checks these keys, several at once. */
    public void verifyAll(Collection<String> ids) {
        background.forEach("The check of a key", ids, id -> book.find(id).ifPresent(this::verify));
    }

    /** Asks every usable key for its models again. Blocks until all have answered. */
    public void refreshModels() {
        verifyAll(book.present().stream().filter(row -> row.status == Status.ACTIVE && KeyBook.isThere(row, sources)).map(row -> row.id)
                .toList());
        synchronized (book) {
            catalogue.retain(book.lists());
        }
    }

    /** Asks the keys whose models are unknown or were asked before {@code before}. */
    void refreshModels(Instant before) {
        verifyAll(book.present().stream().filter(row -> row.status == Status.ACTIVE && KeyBook.isThere(row, sources))
                .filter(row -> row.listId.isEmpty() || row.checked == null || row.checked.isBefore(before)).map(row -> row.id).toList());
    }

    /** Tests disabled keys whose time has come; accepted ones are enabled. Blocks until all have answered. */
    void testDisabled() {
        List<String> disabled = book.present().stream().filter(row -> row.status == Status.DISABLED && KeyBook.isThere(row, sources))
                .map(row -> row.id).toList();
        List<String> due;
        synchronized (retests) {
            due = retests.due(disabled, book.now());
        }
        verifyAll(due);
    }

    /** Checks no key from now on; checks under way learn nothing. */
    void endChecks() {
        check.close();
    }

    /** Requests that wait for a key, by model. */
    Map<String, WaitQueue.Length> waiting() {
        return pool.queue().lengths();
    }

    /** Answers requests that wait for a key at once. */
    void endWaiting() {
        pool.queue().close();
    }

    /** Forgets rests, failures, counters of the day and disabled marks. */
    public Reset reset() {
        SharedState.Cleared cleared = pool.state().reset();
        pool.queue().changed();
        List<ProviderKey> disabled = book.present().stream().filter(row -> row.status == Status.DISABLED).toList();
        synchronized (book) {
            for (ProviderKey row : disabled) {
                row.status = Status.ACTIVE;
                row.reason = "";
                row.message = "";
            }
            book.saveAll(disabled);
        }
        disabled.forEach(this::enter);
        used();
        return new Reset(cleared.rests(), cleared.pauses(), cleared.counters(), disabled.size());
    }

    /** Puts a key where its row says that it belongs: into the pool, among the disabled, or nowhere. */
    private void enter(ProviderKey row) {
        if (row.status == Status.DELETED || !KeyBook.isThere(row, sources)) {
            pool.remove(row.id);
            return;
        }
        if (row.status == Status.DISABLED) {
            pool.markDisabled(row.id, row.reason);
            return;
        }
        try {
            String bucket = book.bucket(row);
            pool.put(PooledKey.of(new Fingerprint(row.id), book.open(row), row.project.isEmpty() ? row.consumer : row.project, row.email),
                    new Member(row.id, bucket, row.tier.concurrency(settings.pool().concurrency()), catalogue.names(row.listId)));
        } catch (IllegalArgumentException e) {
            LOG.error("Key {} cannot be used: {}", row.id, e.getMessage());
            pool.markDisabled(row.id, UNREADABLE);
        }
    }

    private void used() {
        catalogue.use(book.present().stream().filter(row -> row.status == Status.ACTIVE && KeyBook.isThere(row, sources))
                .map(row -> row.listId).toList());
    }

    private ProviderKey row(String text) {
        List<ProviderKey> found = book.present().stream()
                .filter(row -> row.id.contains(text) || row.hint.equals(text) || row.email.equalsIgnoreCase(text)).toList();
        if (found.size() == 1 && !text.isEmpty()) {
            return found.getFirst();
        }
        throw new UnknownKey(found.isEmpty() ? "No key is called '" + text + "'." : found.size() + " keys match '" + text + "': "
                + String.join(", ", found.stream().limit(5).map(row -> row.id).toList()) + ". Give more of the id.");
    }

    private List<KeyEntry> entries(List<ProviderKey> rows) {
        Snapshot snapshot = pool.state().snapshot();
        return rows.stream().map(row -> {
            KeyEntry entry = KeyEntries.of(row, snapshot, book.now(), KeyBook.isThere(row, sources), catalogue);
            return row.status == Status.ACTIVE && pool.whyDisabled(row.id).filter(UNREADABLE::equals).isPresent()
                    ? entry.unreadable("it was encrypted with another key or changed; remove it and add it again")
                    : entry;
        }).toList();
    }

    /** What was wrong in the configured sources, by their names. */
    Map<String, List<Problem>> problems() {
        Map<String, List<Problem>> problems = new TreeMap<>();
        sources.forEach(source -> problems.put(source.name(), source.keys().problems()));
        return problems;
    }

    /** What happens on requests' threads, carried on in the background. */
    private final class Events implements KeyPool.Listener {
        @Override
        public void failed(String id, Health health, String reason) {
            health.pause().ifPresent(pause -> LOG.info("Key {} is paused until {}: {}", id, pause.until(), pause.reason()));
        }

        @Override
        public void suspected(String id, String reason) {
            if (beingChecked.putIfAbsent(id, true) == null) {
                background.run("The check of a key that was refused", () -> {
                    try {
                        book.find(id).ifPresent(Keys.this::verify);
                    } finally {
                        beingChecked.remove(id);
                    }
                });
            }
        }

        /** A list that says otherwise is out of date, or the model is new (product POOL-8). */
        @Override
        public void modelMissing() {
            Instant now = book.now();
            synchronized (retests) {
                if (now.isBefore(nextDiscovery)) {
                    return;
                }
                nextDiscovery = now.plus(BETWEEN_DISCOVERIES);
            }
            background.run("Asking for models", () -> refreshModels(now.minus(BETWEEN_DISCOVERIES)));
        }

        @Override
        public void disabled(String id, String reason, String message) {
            background.run("Storing that a key is disabled", () -> {
                synchronized (book) {
                    book.find(id).ifPresent(row -> disable(row, reason, message));
                }
            });
        }

        @Override
        public void projectNamed(String id, String consumer) {
            background.run("Storing a key's project", () -> {
                synchronized (book) {
                    book.find(id).ifPresent(row -> book.name(row, consumer));
                }
            });
        }
    }
}
