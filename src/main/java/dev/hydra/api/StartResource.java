package dev.hydra.api;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** The root of the application leads to the dashboard. Not a welcome file: the server would dispatch on its name, which is no public path. */
@Path("")
public class StartResource {
    /** Relative, because only the client knows by what address it came here. */
    @GET
    public Response start() {
        return Response.status(Response.Status.FOUND).header(HttpHeaders.LOCATION, "dashboard/").build();
    }
}
