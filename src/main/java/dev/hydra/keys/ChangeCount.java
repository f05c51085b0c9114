package dev.hydra.keys;

import dev.hydra.store.Database;
import jakarta.persistence.EntityManager;

/** How often something stored was changed, so that other nodes on the same database see it within a second (design §10.10). Safe for use by many threads. */
final class ChangeCount {
    static final int KEYS = 1;
    static final int NAMES = 2;

    private final Database database;
    private final int kind;
    private long known = -1;

    /** @param kind {@link #KEYS} or {@link #NAMES} */
    ChangeCount(Database database, int kind) {
        this.database = database;
        this.kind = kind;
    }

    /** Within the transaction of a change, before the change. @return what {@link #counted} wants when it is committed */
    long count(EntityManager manager) {
        manager.createNativeQuery("update stored_change set version = version + 1 where id = ?1").setParameter(1, kind).executeUpdate();
        return stored(manager);
    }

    /** A change of this node's own is committed: no reason to read anything again, unless others came before. */
    synchronized void counted(long version) {
        if (version == known + 1) {
            known = version;
        }
    }

    /** Whether somebody else has changed something since the last call. True the first time. */
    boolean isNews() {
        long version = database.call(this::stored);
        synchronized (this) {
            boolean news = version != known;
            known = version;
            return news;
        }
    }

    private long stored(EntityManager manager) {
        return ((Number) manager.createNativeQuery("select version from stored_change where id = ?1").setParameter(1, kind)
                .getSingleResult())
                .longValue();
    }
}
