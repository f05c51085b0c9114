package dev.hydra.tasks;

import dev.hydra.Component;
import dev.hydra.access.Caller;
import dev.hydra.dialect.ClientDialect;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.dialect.images.ImagesDialect;
import dev.hydra.gateway.Answer;
import dev.hydra.gateway.Gateway;
import dev.hydra.wire.Json;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Collections;
import java.util.List;

/**
 * Several pictures for one request. The models make one picture an answer (spec mapping §7.2), so a wish for {@code n} is asked {@code n} times at once, each
 * an exchange of its own with its own key, attempts and audit entry, and the answers become one list.
 */
@Component
public final class Pictures {
    private static final int OK = 200;

    private final Gateway gateway;

    @Inject
    Pictures(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Answers a request for pictures. What was made is answered even when some of it failed, since it has been paid for; the first failure if nothing was. */
    public Answer answer(ClientDialect dialect, Caller caller, byte[] body) {
        int copies = copies(dialect, body);
        if (copies == 1) {
            return gateway.answer(dialect, caller, body);
        }
        List<Answer> answers = Together.ask(Collections.nCopies(copies, () -> gateway.answer(dialect, caller, body)));
        List<Answer.Whole> made = Together.good(answers);
        return made.isEmpty() ? answers.getFirst() : joined(made);
    }

    /** A request that cannot be read is asked once, and then refused in the usual way. */
    private static int copies(ClientDialect dialect, byte[] body) {
        try {
            dialect.peek(body);
            return ImagesDialect.copies(dialect.read(body));
        } catch (InvalidRequest refusedLater) {
            return 1;
        }
    }

    private static Answer joined(List<Answer.Whole> made) {
        Answer.Whole first = made.getFirst();
        JsonArrayBuilder data = Json.arrayBuilder();
        JsonObject usage = JsonValue.EMPTY_JSON_OBJECT;
        JsonObject document = JsonValue.EMPTY_JSON_OBJECT;
        for (Answer.Whole answer : made) {
            document = Json.object(answer.body());
            document.getJsonArray("data").forEach(data::add);
            usage = Together.sum(usage, document.getJsonObject("usage"));
        }
        byte[] body = Json.bytes(Json.objectBuilder(document).add("data", data).add("usage", usage).build());
        return new Answer.Whole(OK, first.type(), first.headers(), body);
    }
}
