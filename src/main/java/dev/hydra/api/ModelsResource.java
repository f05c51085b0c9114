package dev.hydra.api;

import dev.hydra.dialect.ClientDialect;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.Failure.Kind;
import dev.hydra.dialect.chat.ChatDialect;
import dev.hydra.dialect.messages.MessagesDialect;
import dev.hydra.gateway.Models;
import dev.hydra.wire.Json;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/**
 * {@code GET /v1/models} and {@code GET /v1/models/{id}}: what the keys of the pool can use, in OpenAI's shape, or in Anthropic's for requests with an
 * {@code anthropic-version} header.
 */
@Path("v1/models")
public class ModelsResource {
    /** Google does not tell when a model was made; clients want a number that stays (spec mapping §7.5). */
    private static final long CREATED = 1_704_067_200;

    @Inject
    private Models models;
    @Inject
    private ChatDialect chat;
    @Inject
    private MessagesDialect messages;

    /** All models. */
    @GET
    public Response list(@Context HttpServletRequest request) {
        List<String> ids = models.ids();
        Optional<String> trouble = models.trouble();
        if (ids.isEmpty() && trouble.isPresent()) {
            return Errors.response(dialect(request), Failure.of(Kind.UNAVAILABLE, trouble.get()));
        }
        if (isAnthropic(request)) {
            return json(AnthropicModels.list(ids, CREATED));
        }
        JsonArrayBuilder data = Json.arrayBuilder();
        ids.forEach(id -> data.add(model(id)));
        return json(Json.objectBuilder().add("object", "list").add("data", data).build());
    }

    /** One model; its id may contain slashes, as in {@code models/gemini-2.5-pro}. */
    @GET
    @Path("{id: .+}")
    public Response one(@PathParam("id") String id, @Context HttpServletRequest request) {
        return models.find(id).map(known -> json(isAnthropic(request) ? AnthropicModels.model(id, CREATED) : model(id)))
                .orElseGet(() -> unknown(dialect(request), id));
    }

    private static boolean isAnthropic(HttpServletRequest request) {
        return ErrorShape.of(request) == ErrorShape.ANTHROPIC;
    }

    private ClientDialect dialect(HttpServletRequest request) {
        return isAnthropic(request) ? messages : chat;
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
