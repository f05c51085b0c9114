package dev.hydra.api;

import dev.hydra.Component;
import dev.hydra.dialect.messages.MessagesDialect;
import dev.hydra.wire.Json;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** Anthropic's {@code POST /v1/messages/count_tokens}. */
@Component
@Path("v1/messages/count_tokens")
public class CountTokensResource {
    @Inject
    private Counting counting;
    @Inject
    private MessagesDialect dialect;

    /** Counts a request's tokens; every failure is in Anthropic's shape. */
    @POST
    public Response count(@Context HttpServletRequest request) {
        return counting.answer(dialect, request, tokens -> Json.objectBuilder().add("input_tokens", tokens).build());
    }
}
