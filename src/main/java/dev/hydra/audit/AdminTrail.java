package dev.hydra.audit;

import dev.hydra.access.Caller;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;

/**
 * Records what administrators change: every call of the admin API that is not a mere look, with its outcome. Done here once, so that no feature
 * has to think of it.
 */
public class AdminTrail implements ContainerResponseFilter {
    private static final String ADMIN = "admin/api/";
    /** Where the access filter leaves the caller. */
    private static final String CALLER = "dev.hydra.caller";

    @Inject
    private AuditLog log;
    @Context
    private HttpServletRequest http;

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        String path = request.getUriInfo().getPath();
        String method = request.getMethod();
        if (path.startsWith(ADMIN) && !method.equals("GET") && !method.equals("HEAD") && !method.equals("OPTIONS")) {
            Object caller = http.getAttribute(CALLER);
            String actor = caller instanceof Caller known ? known.name() : "unknown";
            String address = caller instanceof Caller known ? known.address() : http.getRemoteAddr();
            log.record(actor, address, method + ' ' + response.getStatus(), path);
        }
    }
}
