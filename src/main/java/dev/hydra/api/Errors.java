package dev.hydra.api;

import dev.hydra.dialect.ClientDialect;
import dev.hydra.dialect.Failure;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;

/** Failures that never reach the gateway, in the shape of the client's dialect. */
final class Errors {
    private Errors() {
    }

    static Response response(ClientDialect dialect, Failure failure) {
        return response(dialect, failure, "req_" + UUID.randomUUID().toString().replace("-", ""));
    }

    /** @param id by which the audit knows the request */
    static Response response(ClientDialect dialect, Failure failure, String id) {
        Response.ResponseBuilder response = Response.status(dialect.status(failure)).type(MediaType.APPLICATION_JSON)
                .entity(dialect.error(failure, id));
        identify(response, dialect, id);
        failure.retryAfter().ifPresent(wait -> response.header("Retry-After", Math.max(1, wait.toSeconds())));
        return response.build();
    }

    /** Names the request in the headers in which every client, and those of the dialect, look for its id. */
    static void identify(Response.ResponseBuilder response, ClientDialect dialect, String id) {
        response.header("x-request-id", id);
        if (!dialect.requestIdHeader().equals("x-request-id")) {
            response.header(dialect.requestIdHeader(), id);
        }
    }
}
