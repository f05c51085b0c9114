package dev.hydra.api;

import dev.hydra.Component;
import dev.hydra.dialect.ClientDialect;
import dev.hydra.dialect.images.ImagesDialect;
import dev.hydra.tasks.Pictures;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** OpenAI's endpoints that make and change pictures. */
@Component
@Path("v1/images")
public class ImagesResource {
    @Inject
    private Front front;
    @Inject
    private ImagesDialect dialect;
    @Inject
    private Pictures pictures;

    /** Makes pictures from a text. */
    @POST
    @Path("generations")
    public Response generate(@Context HttpServletRequest request) {
        return answer(dialect, request);
    }

    /** Changes pictures, uploaded as a form or named in JSON. */
    @POST
    @Path("edits")
    public Response edit(@Context HttpServletRequest request) {
        return answer(dialect.edits(request.getContentType()), request);
    }

    private Response answer(ClientDialect asked, HttpServletRequest request) {
        return front.answer(asked, request, pictures::answer);
    }
}
