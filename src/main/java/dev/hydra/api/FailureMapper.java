package dev.hydra.api;

import dev.hydra.dialect.ClientDialect;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.Failure.Kind;
import dev.hydra.dialect.chat.ChatDialect;
import dev.hydra.dialect.gemini.GeminiEndpoints;
import dev.hydra.dialect.messages.MessagesDialect;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what no resource has answered, in the shape that the client reads: no server's error page, no stack trace, ever reaches a client. */
public class FailureMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = LoggerFactory.getLogger(FailureMapper.class);

    @Inject
    private ChatDialect chat;
    @Inject
    private MessagesDialect messages;
    @Inject
    private GeminiEndpoints gemini;
    @Context
    private HttpServletRequest request;

    @Override
    public Response toResponse(Throwable thrown) {
        ClientDialect dialect = switch (ErrorShape.of(request)) {
            case ANTHROPIC -> messages;
            case GEMINI -> gemini.none();
            case OPENAI, ADMIN -> chat;
        };
        if (thrown instanceof WebApplicationException refused) {
            Response own = refused.getResponse();
            return own.hasEntity() ? own
                    : Response.fromResponse(Errors.response(dialect, failure(own.getStatus()))).status(own.getStatus()).build();
        }
        LOG.error("A request failed inside", thrown);
        return Errors.response(dialect, Failure.of(Kind.INTERNAL, "The gateway failed inside; its log has the details."));
    }

    private static Failure failure(int status) {
        return switch (status) {
            case 404 -> Failure.of(Kind.NOT_FOUND, "Unknown path. OpenAI's and Anthropic's APIs are under /v1, Gemini's under /v1beta.");
            case 405 -> Failure.of(Kind.METHOD_NOT_ALLOWED, "This path does not take this method.");
            case 415 -> Failure.of(Kind.UNSUPPORTED_MEDIA_TYPE, "The body's content type is not supported; allowed: application/json.");
            default -> Failure.of(Kind.INVALID_REQUEST, "The request was refused with status " + status + '.');
        };
    }
}
