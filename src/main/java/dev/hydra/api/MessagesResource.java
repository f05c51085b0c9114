package dev.hydra.api;

import dev.hydra.Component;
import dev.hydra.dialect.messages.MessagesDialect;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** Anthropic's {@code POST /v1/messages}, whole and streamed, with or without {@code ?beta=true}. */
@Component
@Path("v1/messages")
public class MessagesResource {
    @Inject
    private Front front;
    @Inject
    private MessagesDialect dialect;

    /** Answers a request; every failure is in Anthropic's shape. */
    @POST
    public Response create(@Context HttpServletRequest request) {
        return front.answer(dialect, request);
    }
}
