package dev.hydra.api;

import dev.hydra.dialect.ClientDialect;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.Failure.Kind;
import dev.hydra.dialect.chat.ChatDialect;
import dev.hydra.gateway.Models;
import dev.hydra.wire.Json;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/** OpenAI's {@code GET /v1/models} and {@code GET /v1/models/{id}}: what the keys of the pool can use. */
@Path("v1/models")
public class ModelsResource {
    /** Google does not tell when a model was made; clients want a number that stays (spec mapping §7.5). */
    private static final long CREATED = 1_704_067_200;

    @Inject
    private Models models;
    @Inject
    private ChatDialect dialect;

    /** All models. */
    @GET
    public Response list() {
        List<String> ids = models.ids();
        Optional<String> trouble = models.trouble();
        if (ids.isEmpty() && trouble.isPresent()) {
            return Errors.response(dialect, Failure.of(Kind.UNAVAILABLE, trouble.get()));
        }
        JsonArrayBuilder data = Json.arrayBuilder();
        ids.forEach(id -> data.add(model(id)));
        return json(Json.objectBuilder().add("object", "list").add("data", data).build());
    }

    /** One model; its id may contain slashes, as in {@code models/gemini-2.5-pro}. */
    @GET
    @Path("{id: .+}")
    public Response one(@PathParam("id") String id) {
        return models.find(id).map(known -> json(model(id))).orElseGet(() -> unknown(dialect, id));
    }

    private static Response unknown(ClientDialect dialect, String id) {
        return Errors.response(dialect, Failure.of(Kind.MODEL_NOT_FOUND, "No key of the pool has the model '" + id + "'."));
    }

    private static JsonObject model(String id) {
        return Json.objectBuilder().add("id", id).add("object", "model").add("created", CREATED).add("owned_by", "google").build();
    }

    private static Response json(JsonObject body) {
        return Response.ok(Json.bytes(body), MediaType.APPLICATION_JSON_TYPE).build();
    }
}
