package dev.hydra.api;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Tells a load balancer that this node answers. */
@Path("health")
public class HealthResource {
    /**
     * Answers as long as the application runs.
     *
     * @return {@code {"status":"ok"}}
     */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public String health() {
        return "{\"status\":\"ok\"}";
    }
}
