package dev.hydra.keys;

import dev.hydra.Component;
import dev.hydra.settings.Settings;
import dev.hydra.store.Database;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The caps that an operator has put on the use of models (product POOL-7): those of {@code hydra.toml}, then those that were set by command or admin API,
 * which are stored; of two with the same name the latter wins. Changes hold at once.
 *
 * <p>A request takes its part of each cap when it gets a key and settles when it ends, in one step each, so that parallel requests never exceed a cap on
 * requests. Use is added to the database by {@link #flush} and read back: it survives a restart, and several nodes on one database keep a cap together, each
 * knowing what the others used up to their last flush.
 */
@Component
public final class Caps {
    private static final Logger LOG = LoggerFactory.getLogger(Caps.class);
    /** Names of models whose caps are remembered; callers can invent them. */
    private static final int MOST_NAMES = 1_000;
    private static final int MOST_NOTICES = 100;
    /** Flushes between two looks for the first cap that another node has set. */
    private static final int IDLE_FLUSHES = 10;

    private final @Nullable CapStore store;
    private final Clock clock;
    private final Map<String, Cap> configured;
    /** Held while use is written, so that none is written twice. Never wanted by a request. */
    private final ReentrantLock writing = new ReentrantLock();
    /** Guarded, with all below, by this object's monitor. */
    private final SortedMap<String, CapCount> counts = new TreeMap<>();
    private final Map<String, List<CapCount>> byModel = new HashMap<>();
    private final Deque<CapNotice> notices = new ArrayDeque<>();
    private int idle;
    private volatile boolean any;
    private volatile Runnable onChange = () -> {
    };

    /** Only those of {@code hydra.toml} until {@link #open}. @throws dev.hydra.settings.InvalidSettings when one of them is not in order */
    @Inject
    public Caps(Settings settings, Database database, Clock clock) {
        this(Cap.configured(settings.pool().caps()), new CapStore(database), clock);
    }

    /** Caps that are kept nowhere. */
    Caps(Collection<Cap> caps, Clock clock) {
        this(caps.stream().collect(Collectors.toMap(Cap::name, cap -> cap)), null, clock);
    }

    private Caps(Map<String, Cap> configured, @Nullable CapStore store, Clock clock) {
        this.configured = configured;
        this.store = store;
        this.clock = clock;
        apply(configured);
    }

    /** Those of the settings, which are kept nowhere. */
    static Caps of(Settings.Pool settings, Clock clock) {
        return new Caps(Cap.configured(settings.caps()), null, clock);
    }

    /** Is told, on any thread, that more may be let through than before. */
    void onChange(Runnable listener) {
        onChange = listener;
    }

    /** Reads what is stored. */
    public void open() {
        synchronize(true);
    }

    /** Why no account may serve a request for the model now. */
    Optional<CapRefusal> refusal(String model) {
        return any ? refusal(model, "", Cap.Per.ALL) : Optional.empty();
    }

    /** Why accounts have been left out that have used up their own part; empty when none is. */
    Optional<Cap> ofAccounts(String model) {
        synchronized (this) {
            // One that lets the next model try is the weaker word.
            return of(model).stream().map(count -> count.cap).filter(cap -> cap.per() == Cap.Per.ACCOUNT)
                    .max((a, b) -> a.action().compareTo(b.action()));
        }
    }

    /** For requests that no cap concerns. */
    CapHold free() {
        return new CapHold(this, List.of(), "", 0);
    }

    /** Takes a request's part of each cap. @param tokens estimated. @return why not, when the account has used up one */
    Taken take(String model, String account, long tokens) {
        if (!any) {
            return new Taken.Held(free());
        }
        synchronized (this) {
            Optional<CapRefusal> whole = refusal(model, account, Cap.Per.ALL);
            Optional<CapRefusal> refusal = whole.isPresent() ? whole : refusal(model, account, Cap.Per.ACCOUNT);
            if (refusal.isPresent()) {
                return new Taken.Refused(refusal.get());
            }
            List<CapHold.Part> parts = new ArrayList<>();
            for (CapCount count : of(model)) {
                long size = count.size(tokens);
                count.open(account, size);
                parts.add(new CapHold.Part(count.cap, size));
            }
            return new Taken.Held(new CapHold(this, parts, account, tokens));
        }
    }

    /** What became of {@link #take}. */
    sealed interface Taken {
        /** The request may go. */
        record Held(CapHold hold) implements Taken {
        }

        /** It may not. */
        record Refused(CapRefusal why) implements Taken {
        }
    }

    private synchronized Optional<CapRefusal> refusal(String model, String account, Cap.Per per) {
        Instant now = clock.instant();
        CapRefusal worst = null;
        for (CapCount count : of(model)) {
            CapRefusal refusal = count.cap.per() == per ? count.refusal(account, model, now).orElse(null) : null;
            if (refusal != null && (worst == null || refusal.outweighs(worst))) {
                worst = refusal;
            }
        }
        return Optional.ofNullable(worst);
    }

    private synchronized List<CapCount> of(String model) {
        if (byModel.size() > MOST_NAMES) {
            byModel.clear();
        }
        return byModel.computeIfAbsent(model, name -> counts.values().stream().filter(count -> count.concerns(name)).toList());
    }

    void end(CapHold hold, boolean counted, long tokens) {
        List<CapNotice> told = new ArrayList<>();
        synchronized (this) {
            Instant now = clock.instant();
            for (CapHold.Part part : hold.parts()) {
                CapCount count = counts.get(part.cap().name());
                if (count != null && count.cap.unit() == part.cap().unit()) {
                    told.addAll(count.close(hold.account(), part.size(), counted ? count.size(tokens) : 0, now));
                }
            }
            told.forEach(notices::addLast);
            while (notices.size() > MOST_NOTICES) {
                notices.removeFirst();
            }
        }
        told.forEach(notice -> LOG.warn("{}", notice.words()));
    }

    /** All caps with what was used of them, by name. */
    public synchronized List<CapProgress> progress() {
        Instant now = clock.instant();
        return counts.values().stream().map(count -> count.progress(now)).toList();
    }

    /** Caps that have come to their alert threshold or limit since this process began, oldest first; the last hundred. */
    public synchronized List<CapNotice> notices() {
        return List.copyOf(notices);
    }

    /** What a request for the model would be told now; empty when it would be let through. */
    public Optional<String> check(String model) {
        return refusal(model).map(CapRefusal::words);
    }

    /** Sets or changes a cap; what was used of it in this period stays. */
    public void set(Cap cap) {
        stored().save(cap);
        synchronize(false);
    }

    /** Removes a cap that was set by command or admin API; one of the same name in {@code hydra.toml} holds again. @return whether there was one */
    public boolean remove(String name) {
        boolean removed = stored().delete(name, !configured.containsKey(name));
        synchronize(false);
        return removed;
    }

    private CapStore stored() {
        if (store == null) {
            throw new IllegalStateException("these caps are kept nowhere");
        }
        return store;
    }

    /** Stores what was used and takes over what other nodes have used and set. @throws jakarta.persistence.PersistenceException when that has to wait */
    void flush() {
        synchronized (this) {
            if (counts.isEmpty() && ++idle % IDLE_FLUSHES != 0) {
                return;
            }
        }
        synchronize(false);
    }

    private void synchronize(boolean silent) {
        writing.lock();
        try {
            if (exchange(silent)) {
                onChange.run();
            }
        } finally {
            writing.unlock();
        }
    }

    /** @return whether there are other caps than before */
    private boolean exchange(boolean silent) {
        List<CapCount.Fresh> fresh;
        synchronized (this) {
            Instant now = clock.instant();
            fresh = counts.values().stream().flatMap(count -> count.fresh(now).stream()).toList();
        }
        CapStore.Stored stored = stored().exchange(fresh, configured);
        synchronized (this) {
            boolean changed = apply(stored.caps());
            Instant now = clock.instant();
            counts.values().forEach(count -> count.stored(fresh, stored.uses().getOrDefault(count.cap.name(), List.of()), silent, now));
            return changed;
        }
    }

    /** @return whether that was news */
    private synchronized boolean apply(Map<String, Cap> caps) {
        if (caps.equals(counts.values().stream().collect(Collectors.toMap(count -> count.cap.name(), count -> count.cap)))) {
            return false;
        }
        Map<String, CapCount> before = Map.copyOf(counts);
        counts.clear();
        caps.forEach((name, cap) -> {
            CapCount older = before.get(name);
            CapCount count = older != null && older.cap.equals(cap) ? older : new CapCount(cap);
            if (older != null && older != count) {
                count.inherit(older, clock.instant());
            }
            counts.put(name, count);
        });
        byModel.clear();
        any = counts.values().stream().anyMatch(count -> count.cap.enabled());
        return true;
    }
}
