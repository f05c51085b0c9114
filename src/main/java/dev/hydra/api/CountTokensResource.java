package dev.hydra.api;

import dev.hydra.Component;
import dev.hydra.dialect.Ask;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.dialect.messages.MessagesDialect;
import dev.hydra.tasks.TokenCounts;
import dev.hydra.wire.ByteBudget;
import dev.hydra.wire.Json;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** Anthropic's {@code POST /v1/messages/count_tokens}. An estimate says so in the header {@code Hydra-Estimated}. */
@Component
@Path("v1/messages/count_tokens")
public class CountTokensResource {
    @Inject
    private Bodies bodies;
    @Inject
    private TokenCounts counts;
    @Inject
    private MessagesDialect dialect;

    /** Counts a request's tokens; every failure is in Anthropic's shape. */
    @POST
    public Response count(@Context HttpServletRequest request) {
        return switch (bodies.read(request)) {
            case Bodies.Intake.Refused refused -> Errors.response(dialect, refused.failure());
            case Bodies.Intake.Taken taken -> {
                ByteBudget.Share share = taken.share();
                try (share) {
                    yield count(taken.bytes());
                } catch (InvalidRequest wrong) {
                    yield Errors.response(dialect,
                            new Failure(Failure.Kind.INVALID_REQUEST, wrong.getMessage(), wrong.field(), Optional.empty()));
                }
            }
        };
    }

    private Response count(byte[] body) {
        Ask ask = dialect.peek(body);
        TokenCounts.Count count = counts.of(ask, dialect.read(body), body);
        Response.ResponseBuilder answer = Response
                .ok(Json.bytes(Json.objectBuilder().add("input_tokens", count.tokens()).build()), MediaType.APPLICATION_JSON_TYPE);
        return count.estimated() ? answer.header("Hydra-Estimated", "true").build() : answer.build();
    }
}
