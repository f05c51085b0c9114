package dev.hydra.keys;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The admin API's answer to wrong input: {@code {"error":{"message","field"}}}. */
public record BadInput(Error error) {

    /** What is wrong and what is allowed, and the field's name. */
    public record Error(String message, String field) {
    }

    static Response response(String message, String field) {
        return response(Response.Status.BAD_REQUEST, message, field);
    }

    static Response unknown(UnknownKey exception, String field) {
        return unknown(exception.getMessage(), field);
    }

    static Response unknown(String message, String field) {
        return response(Response.Status.NOT_FOUND, message, field);
    }

    private static Response response(Response.Status status, String message, String field) {
        return Response.status(status).type(MediaType.APPLICATION_JSON).entity(new BadInput(new Error(message, field))).build();
    }
}
