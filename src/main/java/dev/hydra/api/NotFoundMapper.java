package dev.hydra.api;

import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** Answers a path that no resource has, in the shape that the OpenAI SDKs read. */
public class NotFoundMapper implements ExceptionMapper<NotFoundException> {
    private static final String BODY = "{\"error\":{\"message\":\"Unknown path. The OpenAI API is under /v1.\",\"type\":\"invalid_request_error\","
            + "\"param\":null,\"code\":\"unknown_url\"}}";

    @Override
    public Response toResponse(NotFoundException exception) {
        return Response.status(Response.Status.NOT_FOUND).type(MediaType.APPLICATION_JSON).entity(BODY).build();
    }
}
