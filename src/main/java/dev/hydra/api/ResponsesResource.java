package dev.hydra.api;

import dev.hydra.Component;
import dev.hydra.dialect.Archive;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.Failure.Kind;
import dev.hydra.dialect.responses.ResponsesDialect;
import dev.hydra.dialect.responses.StoredResponse;
import dev.hydra.gateway.Archives;
import dev.hydra.wire.Json;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.function.Function;

/** OpenAI's {@code /v1/responses}: made whole and streamed, and those that were stored. */
@Component
@Path("v1/responses")
public class ResponsesResource {
    @Inject
    private Front front;
    @Inject
    private ResponsesDialect dialect;
    @Inject
    private Archives archives;
    @Inject
    private Counting counting;

    /** Answers a request; every failure is in OpenAI's shape. */
    @POST
    public Response create(@Context HttpServletRequest request) {
        return front.answer(dialect, request);
    }

    /** Counts the tokens of a request without answering it. */
    @POST
    @Path("input_tokens")
    public Response count(@Context HttpServletRequest request) {
        return counting.answer(dialect, request,
                tokens -> Json.objectBuilder().add("object", "response.input_tokens").add("input_tokens", tokens).build());
    }

    /** A stored response, as it was given. */
    @GET
    @Path("{id}")
    public Response one(@PathParam("id") String id, @Context HttpServletRequest request) {
        return stored(id, request, Archive.Kept::reply);
    }

    /** What the client said in the exchange that ended in a stored response. */
    @GET
    @Path("{id}/input_items")
    public Response input(@PathParam("id") String id, @Context HttpServletRequest request) {
        return stored(id, request, kept -> StoredResponse.inputItems(kept, request.getParameter("order"), request.getParameter("after"),
                request.getParameter("limit")));
    }

    /** Forgets a stored response; a later request can no longer build on it. */
    @DELETE
    @Path("{id}")
    public Response delete(@PathParam("id") String id, @Context HttpServletRequest request) {
        try {
            return archives.of(AccessFilter.caller(request)).delete(id)
                    ? json(Json.objectBuilder().add("id", id).add("object", "response").add("deleted", true).build())
                    : unknown(id);
        } catch (Archive.Unavailable e) {
            return unavailable();
        }
    }

    private Response stored(String id, HttpServletRequest request, Function<Archive.Kept, JsonObject> answer) {
        try {
            return archives.of(AccessFilter.caller(request)).find(id).map(kept -> json(answer.apply(kept))).orElseGet(() -> unknown(id));
        } catch (Archive.Unavailable e) {
            return unavailable();
        }
    }

    private Response unknown(String id) {
        return Errors.response(dialect, Failure.of(Kind.NOT_FOUND, "Response with id '" + id + "' not found."));
    }

    private Response unavailable() {
        return Errors.response(dialect, Failure.of(Kind.UNAVAILABLE, "Stored responses cannot be read at the moment; try again."));
    }

    private static Response json(JsonObject body) {
        return Response.ok(Json.bytes(body), MediaType.APPLICATION_JSON_TYPE).build();
    }
}
