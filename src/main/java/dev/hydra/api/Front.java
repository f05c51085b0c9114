package dev.hydra.api;

import dev.hydra.Component;
import dev.hydra.access.Caller;
import dev.hydra.dialect.ClientDialect;
import dev.hydra.gateway.Answer;
import dev.hydra.gateway.Gateway;
import dev.hydra.wire.ByteBudget;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

/** Carries bytes between HTTP and the gateway, the same for every dialect: a bounded body in, an answer out. */
@Component
public final class Front {
    private final Gateway gateway;
    private final Bodies bodies;

    @Inject
    Front(Gateway gateway, Bodies bodies) {
        this.gateway = gateway;
        this.bodies = bodies;
    }

    /** Who makes the answer to a body. */
    @FunctionalInterface
    interface Answering {
        Answer answer(ClientDialect dialect, Caller caller, byte[] body);
    }

    /** Has the gateway answer a request in a dialect. The caller has been resolved by {@link AccessFilter}. */
    Response answer(ClientDialect dialect, HttpServletRequest request) {
        return answer(dialect, request, gateway::answer);
    }

    /** Has a request answered by something else than one pass through the gateway. */
    Response answer(ClientDialect dialect, HttpServletRequest request, Answering answering) {
        return switch (bodies.read(request)) {
            case Bodies.Intake.Refused refused -> Errors.response(dialect, refused.failure());
            case Bodies.Intake.Taken taken -> answer(dialect, request, answering, taken);
        };
    }

    private Response answer(ClientDialect dialect, HttpServletRequest request, Answering answering, Bodies.Intake.Taken body) {
        try {
            return answered(answering.answer(dialect, AccessFilter.caller(request), body.bytes()), request, body);
        } catch (RuntimeException | Error e) {
            body.share().close();
            throw e;
        }
    }

    private static Response answered(Answer answer, HttpServletRequest request, Bodies.Intake.Taken body) {
        Response.ResponseBuilder response = Response.status(answer.status());
        answer.headers().forEach(response::header);
        return switch (answer) {
            case Answer.Whole whole -> {
                body.share().close();
                // Jersey counts nothing itself, see ApiApplication; without a length the answer would be chunked.
                yield response.type(mediaType(whole.type())).header("Content-Length", Integer.toString(whole.body().length))
                        .entity(whole.body())
                        .build();
            }
            case Answer.Streamed streamed ->
                response.type(mediaType(streamed.type())).entity(stream(streamed, request, body.share())).build();
        };
    }

    /** The usual ones are not read from their names each time. */
    private static MediaType mediaType(String name) {
        return switch (name) {
            case MediaType.APPLICATION_JSON -> MediaType.APPLICATION_JSON_TYPE;
            case MediaType.SERVER_SENT_EVENTS -> MediaType.SERVER_SENT_EVENTS_TYPE;
            default -> MediaType.valueOf(name);
        };
    }

    private static StreamingOutput stream(Answer.Streamed streamed, HttpServletRequest request, ByteBudget.Share share) {
        return out -> {
            try (share) {
                streamed.body().writeTo(out);
            } catch (Answer.BrokenReply | RuntimeException | Error e) {
                // Every server ends the body cleanly behind an exception, and the client would take a part for the whole.
                ClientConnection.reset(request);
                throw e;
            }
        };
    }
}
