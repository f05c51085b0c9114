package dev.hydra.keys;

import dev.hydra.store.Database;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Caps and what was used of them, in the database. Each method is one transaction. */
final class CapStore {
    private final Database database;

    CapStore(Database database) {
        this.database = database;
    }

    /** What is stored. @param uses by the cap's name, of whatever period */
    record Stored(Map<String, Cap> caps, Map<String, List<CapUseRow>> uses) {
    }

    /** Adds what was used lately and reads everything, other nodes' use included. @param configured caps that hold unless one of the same name is stored */
    Stored exchange(Collection<CapCount.Fresh> fresh, Map<String, Cap> configured) {
        return database.call(manager -> {
            Map<String, Cap> caps = new HashMap<>(configured);
            manager.createQuery("select c from CapRow c", CapRow.class).getResultList().forEach(row -> caps.put(row.name, row.cap()));
            fresh.stream().filter(part -> caps.containsKey(part.cap().name())).forEach(part -> CapUseRow.add(manager, part));
            return new Stored(caps, manager.createQuery("select u from CapUseRow u", CapUseRow.class).getResultList().stream()
                    .collect(Collectors.groupingBy(row -> row.cap)));
        });
    }

    void save(Cap cap) {
        database.run(manager -> manager.merge(new CapRow(cap)));
    }

    /** @param withUse whether what was used is forgotten too. @return whether there was one */
    boolean delete(String name, boolean withUse) {
        return database.call(manager -> {
            if (withUse) {
                manager.createQuery("delete from CapUseRow u where u.cap = :name").setParameter("name", name).executeUpdate();
            }
            return manager.createQuery("delete from CapRow c where c.name = :name").setParameter("name", name).executeUpdate() > 0;
        });
    }
}
