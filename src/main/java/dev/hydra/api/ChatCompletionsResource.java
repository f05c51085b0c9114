package dev.hydra.api;

import dev.hydra.Component;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/**
 * OpenAI's {@code POST /v1/chat/completions}, whole and streamed. A component, so there is one for all requests: making one for each was 7 % of
 * what a request cost.
 */
@Component
@Path("v1/chat/completions")
public class ChatCompletionsResource {
    @Inject
    private Front front;
    @Inject
    private ChatClients dialect;

    /** Answers a chat request; every failure is in OpenAI's shape. */
    @POST
    public Response complete(@Context HttpServletRequest request) {
        return front.answer(dialect, request);
    }
}
