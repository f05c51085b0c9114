package dev.hydra.api;

import dev.hydra.Component;
import dev.hydra.dialect.completions.CompletionsDialect;
import dev.hydra.tasks.Prompts;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** OpenAI's legacy {@code POST /v1/completions}, whole and streamed. */
@Component
@Path("v1/completions")
public class CompletionsResource {
    @Inject
    private Front front;
    @Inject
    private CompletionsDialect dialect;
    @Inject
    private Prompts prompts;

    /** Goes on with a text, or with several. */
    @POST
    public Response complete(@Context HttpServletRequest request) {
        return front.answer(dialect, request, prompts::answer);
    }
}
