package dev.hydra.api;

import dev.hydra.Component;
import dev.hydra.access.Caller;
import dev.hydra.dialect.Ask;
import dev.hydra.dialect.ClientDialect;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.gateway.Archives;
import dev.hydra.gateway.Records;
import dev.hydra.tasks.TokenCounts;
import dev.hydra.wire.ByteBudget;
import dev.hydra.wire.Json;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.function.LongFunction;

/** Counts the tokens of a request instead of having it answered. An estimate says so in the header {@code Hydra-Estimated}. */
@Component
public final class Counting {
    /** Behind the model's name in the audit, as Gemini's own addresses have it. */
    private static final String SUBJECT = ":countTokens";
    private static final int OK = 200;
    private static final int INTERNAL = 500;

    private final Bodies bodies;
    private final Archives archives;
    private final TokenCounts counts;
    private final Records records;

    @Inject
    Counting(Bodies bodies, Archives archives, TokenCounts counts, Records records) {
        this.records = records;
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
                    yield answer(dialect, AccessFilter.caller(request), taken.bytes(), document);
                }
            }
        };
    }

    private Response answer(ClientDialect dialect, Caller caller, byte[] body, LongFunction<JsonObject> document) {
        Records.Record record = records.begin(caller, dialect.id(), "", body.length);
        try {
            Ask ask = dialect.peek(body);
            record.about(ask.model() + SUBJECT);
            TokenCounts.Count count = counts.of(ask, dialect.read(body, archives.of(caller)), body, record);
            byte[] answer = Json.bytes(document.apply(count.tokens()));
            record.ended(OK, answer.length, count.estimated() ? "no provider has counted; this is an estimate" : "");
            return counted(dialect, record.id(), count.estimated(), answer);
        } catch (InvalidRequest wrong) {
            record.ended(dialect.status(wrong.failure()), 0, wrong.getMessage());
            return Errors.response(dialect, wrong.failure(), record.id());
        } catch (RuntimeException | Error e) {
            record.ended(INTERNAL, 0, String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private static Response counted(ClientDialect dialect, String id, boolean estimated, byte[] body) {
        Response.ResponseBuilder answer = Response.ok(body, MediaType.APPLICATION_JSON_TYPE);
        Errors.identify(answer, dialect, id);
        return estimated ? answer.header("Hydra-Estimated", "true").build() : answer.build();
    }
}
