package dev.hydra.api;

import dev.hydra.Component;
import dev.hydra.dialect.chat.ChatDialect;
import dev.hydra.tasks.Embeddings;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** OpenAI's {@code POST /v1/embeddings}. */
@Component
@Path("v1/embeddings")
public class EmbeddingsResource {
    @Inject
    private Front front;
    @Inject
    private Embeddings embeddings;
    @Inject
    private ChatDialect errors;

    /** Turns texts into vectors. */
    @POST
    public Response embed(@Context HttpServletRequest request) {
        return front.answer(errors, request, (dialect, caller, body) -> embeddings.answer(caller, body));
    }
}
