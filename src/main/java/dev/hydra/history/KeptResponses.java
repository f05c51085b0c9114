package dev.hydra.history;

import dev.hydra.dialect.Archive.Kept;
import dev.hydra.store.Database;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of kept responses. Every method is one transaction. */
final class KeptResponses {
    /** Databases limit the values in one statement. */
    private static final int AT_ONCE = 100;

    private final Database database;
    private final Envelope envelope;

    KeptResponses(Database database, Envelope envelope) {
        this.database = database;
        this.envelope = envelope;
    }

    /** Stores an exchange; the conversation that it goes on lives as long as it does. One that is there already stays. */
    void store(String owner, Kept kept, Instant now, Instant expires) {
        String body = envelope.seal(kept);
        database.run(manager -> {
            if (manager.find(KeptRow.class, kept.id()) != null) {
                return;
            }
            KeptRow before = kept.previous().isEmpty() ? null : manager.find(KeptRow.class, kept.previous());
            String thread = before == null || !before.owner.equals(owner) ? kept.id() : before.thread;
            if (!thread.equals(kept.id())) {
                manager.createQuery("update KeptRow r set r.expires = :expires where r.thread = :thread and r.owner = :owner")
                        .setParameter("expires", expires).setParameter("thread", thread).setParameter("owner", owner).executeUpdate();
            }
            persist(manager, new KeptRow(kept.id(), owner, thread, kept.previous(), now, expires), body);
        });
    }

    /** Keeps something that stands alone. @param text encrypted */
    void keep(String owner, String id, String text, Instant now, Instant expires) {
        database.run(manager -> persist(manager, new KeptRow(id, owner, id, "", now, expires), text));
    }

    /** What {@link #keep(String, String, String, Instant, Instant)} was given; empty when it is another owner's, or expired. */
    Optional<String> text(String owner, String id, Instant now) {
        return database.call(manager -> {
            KeptRow row = manager.find(KeptRow.class, id);
            return isOpen(row, owner, now) ? Optional.ofNullable(bodies(manager, List.of(row)).get(id)) : Optional.empty();
        });
    }

    private static void persist(EntityManager manager, KeptRow row, String body) {
        manager.persist(row);
        for (int place = 0; place * PieceRow.LONGEST < body.length(); place++) {
            int start = place * PieceRow.LONGEST;
            manager.persist(new PieceRow(row.id, place, body.substring(start, Math.min(body.length(), start + PieceRow.LONGEST))));
        }
    }

    /** The exchange and all that it builds on, oldest first; empty when one of them is missing, another owner's, or expired. */
    List<Kept> chain(String owner, String id, Instant now) {
        return database.call(manager -> {
            List<KeptRow> rows = rows(manager, owner, id, now);
            Map<String, String> bodies = bodies(manager, rows);
            List<Kept> chain = new ArrayList<>();
            for (KeptRow row : rows) {
                chain.add(envelope.open(row.id, row.previous, Objects.requireNonNullElse(bodies.get(row.id), "")));
            }
            return chain;
        });
    }

    /** The exchange alone. */
    List<Kept> one(String owner, String id, Instant now) {
        return database.call(manager -> {
            KeptRow row = manager.find(KeptRow.class, id);
            if (!isOpen(row, owner, now)) {
                return List.of();
            }
            return List.of(envelope.open(id, row.previous, Objects.requireNonNullElse(bodies(manager, List.of(row)).get(id), "")));
        });
    }

    private static boolean isOpen(@Nullable KeptRow row, String owner, Instant now) {
        return row != null && row.owner.equals(owner) && row.expires.isAfter(now);
    }

    private static List<KeptRow> rows(EntityManager manager, String owner, String id, Instant now) {
        KeptRow last = manager.find(KeptRow.class, id);
        if (!isOpen(last, owner, now)) {
            return List.of();
        }
        Map<String, KeptRow> thread = new HashMap<>();
        manager.createQuery("select r from KeptRow r where r.thread = :thread", KeptRow.class).setParameter("thread", last.thread)
                .getResultList().forEach(row -> thread.put(row.id, row));
        List<KeptRow> rows = new ArrayList<>();
        for (String next = id; !next.isEmpty(); next = rows.getLast().previous) {
            KeptRow row = thread.remove(next);
            if (!isOpen(row, owner, now)) {
                return List.of();
            }
            rows.add(row);
        }
        Collections.reverse(rows);
        return rows;
    }

    private static Map<String, String> bodies(EntityManager manager, List<KeptRow> rows) {
        Map<String, StringBuilder> bodies = new HashMap<>();
        for (int start = 0; start < rows.size(); start += AT_ONCE) {
            List<String> ids = rows.subList(start, Math.min(rows.size(), start + AT_ONCE)).stream().map(row -> row.id).toList();
            manager.createQuery("select p from PieceRow p where p.responseId in :ids order by p.responseId, p.place", PieceRow.class)
                    .setParameter("ids", ids).getResultList()
                    .forEach(piece -> bodies.computeIfAbsent(piece.responseId, key -> new StringBuilder()).append(piece.body));
        }
        Map<String, String> texts = new HashMap<>();
        bodies.forEach((id, body) -> texts.put(id, body.toString()));
        return texts;
    }

    /** @return whether there was such an exchange */
    boolean delete(String owner, String id, Instant now) {
        return database.call(manager -> {
            KeptRow row = manager.find(KeptRow.class, id);
            if (!isOpen(row, owner, now)) {
                return false;
            }
            delete(manager, List.of(id));
            return true;
        });
    }

    /** Removes what has expired, a part of it at a time. @return whether there may be more */
    boolean sweep(Instant now) {
        return database.call(manager -> {
            List<String> ids = manager.createQuery("select r.id from KeptRow r where r.expires <= :now", String.class)
                    .setParameter("now", now).setMaxResults(AT_ONCE).getResultList();
            if (!ids.isEmpty()) {
                delete(manager, ids);
            }
            return ids.size() == AT_ONCE;
        });
    }

    private static void delete(EntityManager manager, List<String> ids) {
        manager.createQuery("delete from PieceRow p where p.responseId in :ids").setParameter("ids", ids).executeUpdate();
        manager.createQuery("delete from KeptRow r where r.id in :ids").setParameter("ids", ids).executeUpdate();
    }
}
