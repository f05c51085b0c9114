package dev.hydra.api;

import dev.hydra.Component;
import dev.hydra.dialect.ClientDialect;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.images.ImagesDialect;
import dev.hydra.gateway.PictureHost;
import dev.hydra.tasks.Pictures;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Set;

/** OpenAI's endpoints that make and change pictures. */
@Component
@Path("v1/images")
public class ImagesResource {
    private static final Set<String> SHOWN = Set.of("image/png", "image/jpeg", "image/webp", "image/gif");

    @Inject
    private Front front;
    @Inject
    private ImagesDialect dialect;
    @Inject
    private Pictures pictures;
    @Inject
    private PictureHost host;
    @Inject
    private OwnAddress address;

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
        return front.answer(asked, request, (dialect, caller, body) -> pictures.answer(dialect, caller, body, address.of(request)));
    }

    /** A picture that was made with {@code response_format} {@code url}; whoever has its address may see it. */
    @GET
    @Path("kept/{name}")
    public Response kept(@PathParam("name") String name) {
        return host.find(name).map(ImagesResource::shown)
                .orElseGet(() -> Errors.response(dialect,
                        Failure.of(Failure.Kind.NOT_FOUND, "There is no picture under this address (any more).")));
    }

    /** What is no picture to be drawn by a browser is a file: its type is the model's word. */
    private static Response shown(PictureHost.Picture picture) {
        String type = SHOWN.contains(picture.type()) ? picture.type() : "application/octet-stream";
        return Response.ok(picture.bytes(), type).header("Content-Length", picture.bytes().length).build();
    }
}
