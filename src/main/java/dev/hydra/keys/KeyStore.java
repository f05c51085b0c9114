package dev.hydra.keys;

import dev.hydra.Component;
import dev.hydra.secret.Secret;
import dev.hydra.store.Database;
import dev.hydra.store.Encryption;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Keys and lists of models in the database. Each method is one transaction. */
@Component
public final class KeyStore {
    private final Database database;
    private final Encryption encryption;
    private final ChangeCount changes;

    /** A store in this database. */
    @Inject
    public KeyStore(Database database, Encryption encryption) {
        this.database = database;
        this.encryption = encryption;
        this.changes = new ChangeCount(database, ChangeCount.KEYS);
    }

    /** All rows in the operator's order, the deleted ones included. */
    List<ProviderKey> all() {
        return database.call(
                manager -> manager.createQuery("select k from ProviderKey k order by k.place, k.id", ProviderKey.class).getResultList());
    }

    /** Stores new rows and changed ones, all or none. */
    void save(Collection<ProviderKey> added, Collection<ProviderKey> changed) {
        if (!added.isEmpty() || !changed.isEmpty()) {
            changes.counted(database.call(manager -> {
                long version = changes.count(manager);
                added.forEach(manager::persist);
                changed.forEach(manager::merge);
                return version;
            }));
        }
    }

    void delete(ProviderKey key) {
        changes.counted(database.call(manager -> {
            long version = changes.count(manager);
            manager.createQuery("delete from ProviderKey k where k.id = :id").setParameter("id", key.id).executeUpdate();
            return version;
        }));
    }

    /** Whether another node, or a command, has changed keys since the last call. */
    boolean isNews() {
        return changes.isNews();
    }

    void seal(ProviderKey key, Secret secret) {
        key.secret = encryption.encrypt(secret, purpose(key));
    }

    /** @throws IllegalArgumentException when the row was changed or encrypted with another key */
    Secret open(ProviderKey key) {
        return encryption.decrypt(key.secret, purpose(key));
    }

    private static String purpose(ProviderKey key) {
        return "provider_key.secret:" + key.id;
    }

    /** All lists of models by their id. */
    Map<String, List<ModelEntry>> lists() {
        List<ModelRow> rows = database
                .call(manager -> manager.createQuery("select m from ModelRow m order by m.id", ModelRow.class).getResultList());
        Map<String, List<ModelEntry>> lists = new HashMap<>();
        rows.stream().collect(Collectors.groupingBy(row -> row.listId))
                .forEach((id, models) -> lists.put(id, models.stream().map(ModelRow::entry).toList()));
        return lists;
    }

    void saveList(String id, Collection<ModelEntry> models) {
        database.run(manager -> models.forEach(model -> manager.merge(new ModelRow(id, model))));
    }

    void deleteLists(Collection<String> ids) {
        if (!ids.isEmpty()) {
            database.run(manager -> manager.createQuery("delete from ModelRow m where m.listId in :ids").setParameter("ids", ids)
                    .executeUpdate());
        }
    }
}
