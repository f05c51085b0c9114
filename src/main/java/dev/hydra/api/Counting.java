package dev.hydra.api;

import dev.hydra.Component;
import dev.hydra.dialect.Ask;
import dev.hydra.dialect.ClientDialect;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.gateway.Archives;
import dev.hydra.tasks.TokenCounts;
import dev.hydra.wire.ByteBudget;
import dev.hydra.wire.Json;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.LongFunction;

/** Counts the tokens of a request instead of having it answered. An estimate says so in the header {@code Hydra-Estimated}. */
@Component
public final class Counting {
    private final Bodies bodies;
    private final Archives archives;
    private final TokenCounts counts;

    @Inject
    Counting(Bodies bodies, Archives archives, TokenCounts counts) {
        this.bodies = bodies;
        this.archives = archives;
        this.counts = counts;
    }

    /** @param dialect of the request and of every failure @param document tells a count as the dialect does */
    Response answer(ClientDialect dialect, HttpServletRequest request, LongFunction<JsonObject> document) {
        return switch (bodies.read(request)) {
            case Bodies.Intake.Refused refused -> Errors.response(dialect, refused.failure());
            case Bodies.Intake.Taken taken -> {
                ByteBudget.Share share = taken.share();
                try (share) {
                    yield counted(count(dialect, request, taken.bytes()), document);
                } catch (InvalidRequest wrong) {
                    yield Errors.response(dialect, new Failure(wrong.kind(), wrong.getMessage(), wrong.field(), Optional.empty()));
                }
            }
        };
    }

    private TokenCounts.Count count(ClientDialect dialect, HttpServletRequest request, byte[] body) {
        Ask ask = dialect.peek(body);
        return counts.of(ask, dialect.read(body, archives.of(AccessFilter.caller(request))), body);
    }

    private static Response counted(TokenCounts.Count count, LongFunction<JsonObject> document) {
        Response.ResponseBuilder answer = Response.ok(Json.bytes(document.apply(count.tokens())), MediaType.APPLICATION_JSON_TYPE);
        return count.estimated() ? answer.header("Hydra-Estimated", "true").build() : answer.build();
    }
}
