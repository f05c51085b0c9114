package dev.hydra.api;

import dev.hydra.gateway.Readiness;
import dev.hydra.gateway.Readiness.Obstacle;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code /health} and {@code /api/health} (product RUN-5), open to everybody: it tells one word about the state and nothing about version, keys or addresses
 * (ACC-3).
 */
@Path("{health: (api/)?health}")
@Produces(MediaType.APPLICATION_JSON)
public class HealthResource {
    private static final String ALIVE = "{\"status\":\"ok\"}";

    @Inject
    private Readiness readiness;

    /** Answers as long as the application runs: {@code {"status":"ok"}}. */
    @GET
    public String health() {
        return ALIVE;
    }

    /** The same: whoever restarts a node must not do so because it waits for something. */
    @GET
    @Path("live")
    public String live() {
        return ALIVE;
    }

    /**
     * Whether requests should come here: {@code {"status":"ready"}}, or a 503 with {@code "reason"} {@code starting}, {@code stopping} or {@code database}. A
     * ready node of a cluster says in {@code "redis"} whether quotas are shared ({@code joined}) or its part is kept here ({@code lost}).
     */
    @GET
    @Path("ready")
    public Response ready() {
        Optional<Obstacle> obstacle = readiness.obstacle();
        if (obstacle.isEmpty()) {
            return Response.ok("{\"status\":\"ready\"" + readiness.redis().map(word -> ",\"redis\":\"" + word + "\"").orElse("") + "}")
                    .build();
        }
        String reason = obstacle.get().name().toLowerCase(Locale.ROOT);
        return Response.status(Response.Status.SERVICE_UNAVAILABLE).entity("{\"status\":\"unready\",\"reason\":\"" + reason + "\"}")
                .build();
    }
}
