package dev.hydra.audit;

import dev.hydra.store.Database;
import java.util.List;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.exception.DataException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores entries in the database, those of exchanges in one transaction. */
final class Rows {
    private static final Logger LOG = LoggerFactory.getLogger(Rows.class);

    private final Database database;

    Rows(Database database) {
        this.database = database;
    }

    /**
     * Stores all entries; those that are there already stay as they are.
     *
     * @return how many the database will never take, because of what is in them; such an entry must not hold up the others for ever
     * @throws RuntimeException when the database cannot be reached
     */
    int store(List<? extends Entry> entries) {
        try {
            database.insert(EntryStatement.SQL, entries.stream().filter(AuditEntry.class::isInstance).map(AuditEntry.class::cast).toList(),
                    EntryStatement::bind);
            entries.stream().filter(AdminEvent.class::isInstance).forEach(this::keep);
            return 0;
        } catch (RuntimeException e) {
            if (!refused(e)) {
                throw e;
            }
            return entries.stream().mapToInt(this::storeAlone).sum();
        }
    }

    private int storeAlone(Entry entry) {
        try {
            keep(entry);
            return 0;
        } catch (RuntimeException e) {
            if (!refused(e)) {
                throw e;
            }
            LOG.warn("The database refuses the audit entry {}: {}", entry.id(), e.getMessage());
            return 1;
        }
    }

    private void keep(Entry entry) {
        // Not persist: after a broken connection nobody knows whether the row was committed.
        database.run(manager -> manager.merge(entry.row()));
    }

    private static boolean refused(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConstraintViolationException || cause instanceof DataException) {
                return true;
            }
        }
        return false;
    }
}
