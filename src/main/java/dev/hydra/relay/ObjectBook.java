package dev.hydra.relay;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hydra.Component;
import dev.hydra.access.Caller;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.gateway.Belongings;
import dev.hydra.keys.KeyPool;
import dev.hydra.store.Database;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Who owns which of the provider's objects. Every change is in the database before the client hears of it; reading goes through a bounded cache. */
@Component
public final class ObjectBook implements Belongings {
    private static final int CACHED = 20_000;
    /** Another node may have learned of an object meanwhile. */
    private static final Duration CACHED_FOR = Duration.ofSeconds(30);
    private static final Duration TOLD_FOR = Duration.ofHours(1);

    private final Database database;
    private final KeyPool pool;
    private final Clock clock;
    private final Cache<String, Optional<Owned>> cache;

    /** What is known of an object. */
    record Owned(String name, String tokenId, Maker maker) {
    }

    /** In this database. */
    @Inject
    public ObjectBook(Database database, KeyPool pool, Clock clock) {
        this.database = database;
        this.pool = pool;
        this.clock = clock;
        this.cache = Caffeine.newBuilder().maximumSize(CACHED).expireAfterWrite(CACHED_FOR)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                // Not the server's common pool, whose threads would hold on to the application's class loader.
                .executor(Runnable::run).build();
    }

    /** The caller has made an object with a key; one that is known already stays whose it is. */
    void made(ObjectName name, Caller caller, Maker maker) {
        if (find(name.root()).isPresent()) {
            return;
        }
        ProviderObject row = new ProviderObject(name, token(caller), maker, clock.instant());
        // Not persist: another node may have written the row.
        database.run(manager -> manager.merge(row));
        Owned owned = owned(row);
        cache.put(row.name, Optional.of(owned));
        tell(owned);
    }

    /** What is known of a caller's object; empty when it is another's or nobody's. */
    Optional<Owned> of(Caller caller, ObjectName name) {
        return find(name.root()).filter(owned -> owned.tokenId().equals(token(caller)));
    }

    /** Names of a caller's objects, in order. @param after the last name of the page before; empty for the first page */
    List<Owned> list(Caller caller, String collection, String after, int most) {
        Instant now = clock.instant();
        return database.call(manager -> manager.createQuery("select o from ProviderObject o where o.tokenId = :token and "
                + "o.collection = :collection and o.name > :after and o.ends > :now order by o.name", ProviderObject.class)
                .setParameter("token", token(caller)).setParameter("collection", collection).setParameter("after", after)
                .setParameter("now", now).setMaxResults(most).getResultList()).stream()
                .map(ObjectBook::owned).toList();
    }

    /** The provider has it no more. */
    void gone(String name) {
        database.run(manager -> manager.createQuery("delete from ProviderObject o where o.name = :name or o.ends < :now")
                .setParameter("name", name).setParameter("now", clock.instant()).executeUpdate());
        cache.put(name, Optional.empty());
    }

    private Optional<Owned> find(String name) {
        Optional<Owned> found = cache.get(name, this::read);
        found.ifPresent(this::tell);
        return found;
    }

    private Optional<Owned> read(String name) {
        return database.call(manager -> Optional.ofNullable(manager.find(ProviderObject.class, name)))
                .filter(row -> row.ends.isAfter(clock.instant())).map(ObjectBook::owned);
    }

    /** The pool finds the owning key by the object's name. */
    private void tell(Owned owned) {
        pool.owns(owned.name(), owned.maker().keyId(), TOLD_FOR);
    }

    /** Names that nobody here has made may be the operator's own: the provider will tell. */
    @Override
    public void check(Caller caller, List<String> names) {
        Optional<Owned> first = Optional.empty();
        for (String name : names) {
            Optional<Owned> found = ObjectName.of(name).flatMap(object -> find(object.root()));
            if (found.isPresent()) {
                requireOwn(caller, found.get());
                requireSameProject(first.orElse(found.get()), found.get());
                first = found;
            }
        }
    }

    private static void requireOwn(Caller caller, Owned object) {
        if (!object.tokenId().equals(token(caller))) {
            // Google's own words, which do not tell whether there is one.
            throw new InvalidRequest("", "You do not have permission to access " + object.name() + " or it may not exist.");
        }
    }

    private static void requireSameProject(Owned one, Owned other) {
        if (!one.maker().project().equals(other.maker().project())) {
            throw new InvalidRequest("", one.name() + " and " + other.name() + " belong to different projects, and no key can use both; "
                    + "upload both again.");
        }
    }

    /** The key of what the caller has made last in a collection: objects that one request names together must be of one project. */
    Optional<Owned> latest(Caller caller, String collection) {
        Optional<Owned> found = database.call(manager -> manager.createQuery("select o from ProviderObject o where o.tokenId = :token and "
                + "o.collection = :collection and o.ends > :now order by o.created desc, o.name", ProviderObject.class)
                .setParameter("token", token(caller)).setParameter("collection", collection).setParameter("now", clock.instant())
                .setMaxResults(1).getResultList()).stream().map(ObjectBook::owned).findFirst();
        found.ifPresent(this::tell);
        return found;
    }

    private static Owned owned(ProviderObject row) {
        return new Owned(row.name, row.tokenId, new Maker(row.keyId, row.project));
    }

    private static String token(Caller caller) {
        return caller.tokenId().orElse("");
    }
}
