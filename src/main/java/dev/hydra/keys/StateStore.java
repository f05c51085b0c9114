package dev.hydra.keys;

import dev.hydra.Component;
import dev.hydra.keys.Snapshot.Day;
import dev.hydra.keys.Snapshot.KeyView;
import dev.hydra.keys.Snapshot.Place;
import dev.hydra.keys.Snapshot.Quota;
import dev.hydra.keys.Snapshot.ToldLimit;
import dev.hydra.store.Database;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Carries rests, counters, told limits and failures over a restart. Only what has changed since the last time is written, in one transaction; a failed
 * write is made up for by the next.
 */
@Component
public final class StateStore {
    private final Database database;
    private final SharedState state;
    private Map<Place, Rest> rests = Map.of();
    private Map<Quota, Day> days = Map.of();
    private Map<String, Health> healths = Map.of();
    private Map<Quota, ToldLimit> limits = Map.of();
    private long written = -1;

    /** Of this state, in this database. */
    @Inject
    public StateStore(Database database, SharedState state) {
        this.database = database;
        this.state = state;
    }

    /** Gives the state what was stored. After the keys have joined. */
    synchronized void restore() {
        database.run(manager -> {
            rests = all(manager, RestRow.class).collect(Collectors.toMap(RestRow::place, RestRow::rest));
            days = all(manager, DayRow.class).collect(Collectors.toMap(DayRow::quota, DayRow::day));
            healths = all(manager, HealthRow.class).collect(Collectors.toMap(row -> row.id, HealthRow::health));
            limits = all(manager, LimitRow.class).collect(Collectors.toMap(LimitRow::quota, LimitRow::limit));
        });
        Map<String, KeyView> keys = new HashMap<>();
        healths.forEach((id, health) -> keys.put(id, new KeyView("", 0, health)));
        state.restore(new Snapshot(rests, days, keys, limits, Map.of()));
    }

    private static <R> Stream<R> all(EntityManager manager, Class<R> type) {
        return manager.createQuery("select r from " + type.getSimpleName() + " r", type).getResultStream();
    }

    /** Writes what has changed; nothing when nothing has. */
    synchronized void flush() {
        long changes = state.changes();
        if (changes == written) {
            return;
        }
        Snapshot snapshot = state.snapshot();
        Map<String, Health> health = new HashMap<>();
        snapshot.keys().forEach((id, view) -> {
            if (!view.health().equals(Health.GOOD)) {
                health.put(id, view.health());
            }
        });
        database.run(manager -> {
            write(manager, RestRow.class, rests, snapshot.rests(), RestRow::id, RestRow::new);
            write(manager, DayRow.class, days, snapshot.days(), DayRow::id, DayRow::new);
            write(manager, HealthRow.class, healths, health, Function.identity(), HealthRow::new);
            write(manager, LimitRow.class, limits, snapshot.limits(), LimitRow::id, LimitRow::new);
        });
        rests = snapshot.rests();
        days = snapshot.days();
        healths = health;
        limits = snapshot.limits();
        written = changes;
    }

    private static <K, V, R> void write(EntityManager manager, Class<R> type, Map<K, V> before, Map<K, V> now, Function<K, String> id,
            BiFunction<K, V, R> row) {
        now.forEach((key, fact) -> {
            if (!fact.equals(before.get(key))) {
                // Not persist: another node may have written the row.
                manager.merge(row.apply(key, fact));
            }
        });
        before.keySet().stream().filter(key -> !now.containsKey(key)).forEach(key -> {
            R stored = manager.find(type, id.apply(key));
            if (stored != null) {
                manager.remove(stored);
            }
        });
    }
}
