package dev.hydra.api;

import dev.hydra.Component;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.Failure.Kind;
import dev.hydra.dialect.gemini.GeminiEndpoint;
import dev.hydra.dialect.gemini.GeminiEndpoints;
import dev.hydra.gateway.Models;
import dev.hydra.wire.Passage;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Set;

/**
 * Gemini's own API: the methods and the list of its models, and the objects that it keeps (spec mapping §8.1). {@link ClientPaths} brings every path of it
 * here.
 */
@Component
@Path("native/{version: v1|v1beta|v1alpha}")
public class GeminiResource {
    /** Those whose reply means nothing beyond itself; what makes an object that lasts is another resource's. */
    private static final Set<String> METHODS = Set.of("generateContent", "streamGenerateContent", "countTokens", "embedContent",
            "batchEmbedContents", "predict");

    @Inject
    private Front front;
    @Inject
    private GeminiEndpoints endpoints;
    @Inject
    private RelayFront relay;
    @Inject
    private Models models;

    /** A method of a model, e.g. {@code models/gemini-2.5-flash:generateContent}. */
    @POST
    @Path("{collection: models|tunedModels}/{call: .+}")
    public Response call(@PathParam("version") String version, @PathParam("collection") String collection, @PathParam("call") String call,
            @Context HttpServletRequest request) {
        int colon = call.lastIndexOf(':');
        String method = call.substring(colon + 1);
        if (colon <= 0) {
            return failed(Kind.NOT_FOUND, "The address names no method; it must be like models/gemini-2.5-flash:generateContent.");
        }
        if (!METHODS.contains(method)) {
            return relay.answer(version, collection + '/' + call, request);
        }
        String name = call.substring(0, colon);
        GoogleQuery query = GoogleQuery.of(request.getQueryString());
        Passage passage = new Passage(version, method, query.passing(), GoogleQuery.headers(request));
        GeminiEndpoint endpoint = endpoints.of(collection.equals("models") ? name : collection + '/' + name, passage, query.events());
        return front.answer(endpoint, request);
    }

    /** All models that some key has, page by page. */
    @GET
    @Path("models")
    public Response list(@QueryParam("pageSize") String size, @QueryParam("pageToken") String token) {
        try {
            ModelPage page = ModelPage.of(models.entries(), size, token);
            return page.models().isEmpty() ? models.trouble().map(why -> failed(Kind.UNAVAILABLE, why)).orElseGet(page::response)
                    : page.response();
        } catch (IllegalArgumentException e) {
            return failed(Kind.INVALID_REQUEST, e.getMessage());
        }
    }

    /** One model; or an operation of one. */
    @GET
    @Path("{collection: models|tunedModels}/{call: .+}")
    public Response one(@PathParam("version") String version, @PathParam("collection") String collection, @PathParam("call") String call,
            @Context HttpServletRequest request) {
        if (call.contains("/operations/") || !collection.equals("models")) {
            return relay.answer(version, collection + '/' + call, request);
        }
        return models.entry(call).map(ModelPage::response)
                .orElseGet(() -> failed(Kind.MODEL_NOT_FOUND, "Model is not found: models/" + call + '.'));
    }

    /** Everything else that can be seen. */
    @GET
    @Path("{target: .+}")
    public Response get(@PathParam("version") String version, @PathParam("target") String target, @Context HttpServletRequest request) {
        return relay.answer(version, target, request);
    }

    /** Everything else that can be made or done. */
    @POST
    @Path("{target: .+}")
    public Response post(@PathParam("version") String version, @PathParam("target") String target, @Context HttpServletRequest request) {
        return relay.answer(version, target, request);
    }

    /** Changes an object, e.g. the time to live of a cache. */
    @PATCH
    @Path("{target: .+}")
    public Response patch(@PathParam("version") String version, @PathParam("target") String target, @Context HttpServletRequest request) {
        return relay.answer(version, target, request);
    }

    /** Removes an object. */
    @DELETE
    @Path("{target: .+}")
    public Response delete(@PathParam("version") String version, @PathParam("target") String target, @Context HttpServletRequest request) {
        return relay.answer(version, target, request);
    }

    private Response failed(Kind kind, String message) {
        return Errors.response(endpoints.none(), Failure.of(kind, message));
    }
}
