package dev.hydra.keys;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** How this node stands with the others, for operators. Who may call is decided by a filter before. */
@Path("admin/api/cluster")
@Produces(MediaType.APPLICATION_JSON)
public class ClusterResource {
    @Inject
    private SharedState state;

    /** {@code {redis: none|joined|lost, nodes, trouble}}, as {@link SharedState.Cluster} says. */
    @GET
    public SharedState.Cluster cluster() {
        return state.cluster();
    }
}
