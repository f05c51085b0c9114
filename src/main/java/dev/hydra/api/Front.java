package dev.hydra.api;

import dev.hydra.Component;
import dev.hydra.dialect.ClientDialect;
import dev.hydra.gateway.Answer;
import dev.hydra.gateway.Gateway;
import dev.hydra.wire.ByteBudget;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

/** Carries bytes between HTTP and the gateway, the same for every dialect: a bounded body in, an answer out. */
@Component
public final class Front {
    private static final String JSON = "application/json";

    private final Gateway gateway;
    private final Bodies bodies;

    @Inject
    Front(Gateway gateway, Bodies bodies) {
        this.gateway = gateway;
        this.bodies = bodies;
    }

    /** Answers a request in a dialect. The caller has been resolved by {@link AccessFilter}. */
    Response answer(ClientDialect dialect, HttpServletRequest request) {
        return switch (bodies.read(request)) {
            case Bodies.Intake.Refused refused -> Errors.response(dialect, refused.failure());
            case Bodies.Intake.Taken taken -> answer(dialect, request, taken);
        };
    }

    private Response answer(ClientDialect dialect, HttpServletRequest request, Bodies.Intake.Taken body) {
        try {
            return answered(dialect, request, body);
        } catch (RuntimeException | Error e) {
            body.share().close();
            throw e;
        }
    }

    private Response answered(ClientDialect dialect, HttpServletRequest request, Bodies.Intake.Taken body) {
        Answer answer = gateway.answer(dialect, AccessFilter.caller(request), body.bytes());
        Response.ResponseBuilder response = Response.status(answer.status());
        answer.headers().forEach(response::header);
        return switch (answer) {
            case Answer.Whole whole -> {
                body.share().close();
                // Jersey counts nothing itself, see ApiApplication; without a length the answer would be chunked.
                yield response.type(JSON).header("Content-Length", whole.body().length).entity(whole.body()).build();
            }
            case Answer.Streamed streamed -> response.type(streamed.type()).entity(stream(streamed, request, body.share())).build();
        };
    }

    private static StreamingOutput stream(Answer.Streamed streamed, HttpServletRequest request, ByteBudget.Share share) {
        return out -> {
            try (share) {
                streamed.body().writeTo(out);
            } catch (Answer.BrokenReply e) {
                ClientConnection.reset(request);
                throw e;
            }
        };
    }
}
