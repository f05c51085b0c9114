package dev.hydra.keys;

import dev.hydra.wire.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;

/** The admin API's answer to wrong input: {@code {"error":{"message","field"}}}. */
public record BadInput(Error error) {
    private static final int LARGEST_BODY = 256 * 1024;

    /** What is wrong and what is allowed, and the field's name. */
    public record Error(String message, String field) {
    }

    /** A change that may refuse its input. */
    interface Change {
        Object make() throws IOException;
    }

    /** What the change gives; a 400 where it refuses. */
    static Response unless(Change change) throws IOException {
        try {
            return Response.ok(change.make()).build();
        } catch (InvalidEntry e) {
            return response(e.getMessage(), e.field());
        }
    }

    /** A request's body. @throws InvalidEntry when it is no JSON object */
    static JsonObject object(InputStream body) throws IOException {
        try {
            return Json.object(body.readNBytes(LARGEST_BODY));
        } catch (JsonException e) {
            throw new InvalidEntry("body", "The body is not a JSON object: " + e.getMessage());
        }
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
