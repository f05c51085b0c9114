package dev.hydra.access;

import dev.hydra.Component;
import dev.hydra.secret.Fingerprint;
import dev.hydra.secret.Secret;
import dev.hydra.settings.Settings;
import dev.hydra.store.Database;
import dev.hydra.wire.Threads;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The access tokens: made, listed, revoked, and known in memory. What another node changes is seen within a second (design §10.10).
 *
 * <p>Safe for use by many threads.
 */
@Component
public final class Tokens implements AutoCloseable {
    /** How long tokens may go unread before {@link #isCurrent} says no. */
    public static final Duration STALE = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);
    private static final String PREFIX = "hydra-";
    private static final int RANDOM_LENGTH = 40;
    private static final int ID_LENGTH = 10;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final Duration BETWEEN_STORED_USES = Duration.ofSeconds(30);

    private final Database database;
    private final Settings settings;
    private final Clock clock;
    private final TokenIndex index = new TokenIndex();
    private long version = -1;
    private volatile Instant lastRead = Instant.MIN;
    private Optional<ScheduledExecutorService> watcher = Optional.empty();
    private boolean reachable = true;

    /** @throws PersistenceException when the tokens cannot be read */
    @Inject
    public Tokens(Database database, Settings settings, Clock clock) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
        refresh();
    }

    /** Begins to look for changes by other nodes and to store last uses; until {@link #close}. A command that looks once needs neither. */
    public synchronized void watch() {
        if (watcher.isEmpty()) {
            ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(Threads.virtual("access-tokens-"));
            started.scheduleWithFixedDelay(this::look, BETWEEN_LOOKS.toMillis(), BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
            started.scheduleWithFixedDelay(this::storeUses, BETWEEN_STORED_USES.toSeconds(), BETWEEN_STORED_USES.toSeconds(),
                    TimeUnit.SECONDS);
            watcher = Optional.of(started);
        }
    }

    /**
     * Makes a token.
     *
     * @param name    1 to 64 characters, no control characters; not the name of a token that is not revoked
     * @param expires empty = never
     * @param own     the operator's own text, 16 to 512 visible ASCII characters without spaces; empty = a random one
     * @throws InvalidField when one of these is not as said
     */
    public NewToken create(String name, Optional<Instant> expires, Optional<Secret> own) {
        String wanted = validName(name);
        if (expires.filter(end -> !end.isAfter(clock.instant())).isPresent()) {
            throw new InvalidField("expires", "is in the past");
        }
        Secret value = own.map(this::validValue).orElseGet(() -> Secret.of(PREFIX + RandomText.ofLength(RANDOM_LENGTH)));
        String hash = Fingerprint.hash(value);
        Token token = new Token("tok_" + RandomText.ofLength(ID_LENGTH), wanted, clock.instant(), Optional.empty(), expires,
                Optional.empty());
        database.run(manager -> {
            // First, because the row's lock makes all changes wait for each other: what is checked below stays true.
            countChange(manager);
            if (exists(manager, "select count(t) from AccessToken t where t.name = ?1 and t.revoked is null", wanted)) {
                throw new InvalidField("name",
                        "there is a token called \"" + wanted + "\" already; revoke it first or choose another name");
            }
            if (exists(manager, "select count(t) from AccessToken t where t.hash = ?1", hash)) {
                throw new InvalidField("value", "is or was a token already");
            }
            manager.persist(new AccessToken(token, hash));
        });
        refresh();
        return new NewToken(token, value);
    }

    /** All tokens, revoked ones too, oldest first. */
    public List<Token> list() {
        storeUses();
        return database.call(Tokens::rows).stream().map(AccessToken::facts).toList();
    }

    /**
     * Revokes a token for good. Nothing happens when it was revoked before.
     *
     * @return the token as it is now; empty when there is none with this id
     */
    public Optional<Token> revoke(String id) {
        Optional<Token> revoked = database.call(manager -> {
            countChange(manager);
            AccessToken row = manager.find(AccessToken.class, id);
            if (row == null) {
                return Optional.empty();
            }
            if (row.revoked == null) {
                row.revoked = clock.instant();
            }
            return Optional.of(row.facts());
        });
        refresh();
        return revoked;
    }

    /** Stops to watch and stores the last uses. A second call does nothing. */
    @Override
    @PreDestroy
    public void close() {
        Optional<ScheduledExecutorService> running;
        synchronized (this) {
            running = watcher;
            watcher = Optional.empty();
        }
        // Waits for a look that is under way and never interrupts it: H2 closes its file when a thread that reads it is interrupted.
        running.ifPresent(ScheduledExecutorService::close);
        storeUses();
    }

    /** Whether the tokens known here are those of the database, as of {@link #STALE} ago at most. */
    public boolean isCurrent() {
        return lastRead.isAfter(clock.instant().minus(STALE));
    }

    TokenIndex index() {
        return index;
    }

    /** Reads the tokens again if any was changed since. */
    synchronized void refresh() {
        long now = database.call(Tokens::storedVersion);
        if (now != version) {
            index.replace(database.call(Tokens::rows));
            // Read before the rows: a change in between is found by the next look.
            version = now;
        }
        lastRead = clock.instant();
    }

    void storeUses() {
        Map<String, Instant> uses = index.takeUses();
        if (uses.isEmpty()) {
            return;
        }
        try {
            database.run(manager -> uses.forEach((id, moment) -> manager
                    .createQuery("update AccessToken t set t.lastUsed = ?1 where t.id = ?2 and (t.lastUsed is null or t.lastUsed < ?1)")
                    .setParameter(1, moment).setParameter(2, id).executeUpdate()));
        } catch (RuntimeException e) {
            LOG.warn("The last use of {} access tokens could not be stored: {}", uses.size(), e.getMessage());
        }
    }

    private void look() {
        try {
            refresh();
            if (!reachable) {
                reachable = true;
                LOG.info("Access tokens can be read again");
            }
        } catch (RuntimeException e) {
            if (reachable) {
                reachable = false;
                LOG.warn("Access tokens cannot be read; the ones known so far stay valid: {}", e.getMessage());
            }
        }
    }

    private Secret validValue(Secret value) {
        String text = value.reveal();
        if (text.length() < 16 || text.length() > TokenIndex.LONGEST || !text.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new InvalidField("value", "must be 16 to " + TokenIndex.LONGEST + " visible ASCII characters without spaces");
        }
        if (value.equals(settings.admin().password())) {
            throw new InvalidField("value", "is the admin password: clients must not have it");
        }
        return value;
    }

    private static String validName(String name) {
        String stripped = name.strip();
        if (stripped.isEmpty() || stripped.length() > 64 || stripped.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidField("name", "must be 1 to 64 characters, none of them a control character");
        }
        return stripped;
    }

    private static boolean exists(EntityManager manager, String query, String value) {
        return manager.createQuery(query, Long.class).setParameter(1, value).getSingleResult() > 0;
    }

    private static void countChange(EntityManager manager) {
        manager.createNativeQuery("update access_token_version set version = version + 1 where id = 1").executeUpdate();
    }

    private static long storedVersion(EntityManager manager) {
        return ((Number) manager.createNativeQuery("select version from access_token_version where id = 1").getSingleResult()).longValue();
    }

    private static List<AccessToken> rows(EntityManager manager) {
        return manager.createQuery("select t from AccessToken t order by t.created, t.id", AccessToken.class).getResultList();
    }
}
