package dev.hydra.audit;

import dev.hydra.store.Database;
import jakarta.inject.Inject;
import jakarta.persistence.TypedQuery;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Shows the lasting record to administrators, the newest first, page by page. */
@Path("admin/api/audit")
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {
    private static final int MOST = 1000;
    /** Greater than every id. */
    private static final String END = "g";

    private final Database database;

    /** Reads from this database. */
    @Inject
    public AuditResource(Database database) {
        this.database = database;
    }

    /** A page of exchanges, the newest first. */
    public record Exchanges(List<AuditEntry> entries) {
    }

    /** A page of administrators' acts, the newest first. */
    public record AdminEvents(List<AdminEvent> events) {
    }

    /**
     * Exchanges.
     *
     * @param limit  1 to 1000; others are taken as the nearest of these
     * @param before only entries whose id is less; the last id of a page gives the next one
     */
    @GET
    public Exchanges exchanges(@QueryParam("limit") @DefaultValue("100") int limit,
            @QueryParam("before") @DefaultValue(END) String before) {
        return database.call(manager -> new Exchanges(page(
                manager.createQuery("select r from AuditRow r where r.id < :before order by r.id desc", AuditRow.class), limit, before)
                .stream().map(AuditRow::entry).toList()));
    }

    /** Administrators' acts; parameters as those of {@link #exchanges}. */
    @GET
    @Path("admin-events")
    public AdminEvents adminEvents(@QueryParam("limit") @DefaultValue("100") int limit,
            @QueryParam("before") @DefaultValue(END) String before) {
        return database.call(manager -> new AdminEvents(page(
                manager.createQuery("select r from AdminEventRow r where r.id < :before order by r.id desc", AdminEventRow.class),
                limit, before)
                .stream().map(AdminEventRow::event).toList()));
    }

    private static <T> List<T> page(TypedQuery<T> query, int limit, String before) {
        return query.setParameter("before", before).setMaxResults(Math.clamp(limit, 1, MOST)).getResultList();
    }
}
