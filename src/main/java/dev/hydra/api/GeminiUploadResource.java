package dev.hydra.api;

import dev.hydra.Component;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** The upload protocol of the Gemini API (spec mapping §8.3): resumable, multipart and raw alike are passed on as they come. */
@Component
@Path("native/upload/{version: v1|v1beta|v1alpha}/{target: .+}")
public class GeminiUploadResource {
    @Inject
    private RelayFront relay;

    /** Begins an upload, or goes on with one. */
    @POST
    public Response post(@PathParam("version") String version, @PathParam("target") String target, @Context HttpServletRequest request) {
        return relay.upload(version, target, request);
    }

    /** As {@link #post}: some clients send the parts of a resumable upload so. */
    @PUT
    public Response put(@PathParam("version") String version, @PathParam("target") String target, @Context HttpServletRequest request) {
        return relay.upload(version, target, request);
    }
}
