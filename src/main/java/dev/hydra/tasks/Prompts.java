package dev.hydra.tasks;

import dev.hydra.Component;
import dev.hydra.access.Caller;
import dev.hydra.dialect.ClientDialect;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.dialect.completions.CompletionsDialect;
import dev.hydra.gateway.Answer;
import dev.hydra.gateway.Gateway;
import dev.hydra.wire.Json;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.function.Supplier;

/**
 * Several prompts in one request for legacy completions. A conversation has one, so each prompt is asked by itself, all at once, each an exchange of its own
 * with its own key, attempts and audit entry; the choices are numbered through in the order of the prompts.
 */
@Component
public final class Prompts {
    private static final int OK = 200;

    private final Gateway gateway;

    @Inject
    Prompts(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Answers a request. All or nothing: a choice tells its prompt by its number alone. */
    public Answer answer(ClientDialect dialect, Caller caller, byte[] body) {
        List<byte[]> requests = each(dialect, body);
        if (requests.isEmpty()) {
            return gateway.answer(dialect, caller, body);
        }
        List<Answer> answers = Together
                .ask(requests.stream().<Supplier<Answer>>map(one -> () -> gateway.answer(dialect, caller, one)).toList());
        return answers.stream().filter(answer -> answer.status() != OK).findFirst().orElseGet(() -> joined(Together.good(answers)));
    }

    /** A request that cannot be read is asked once, and then refused in the usual way. */
    private static List<byte[]> each(ClientDialect dialect, byte[] body) {
        try {
            dialect.peek(body);
            return CompletionsDialect.each(body);
        } catch (InvalidRequest refusedLater) {
            return List.of();
        }
    }

    private static Answer joined(List<Answer.Whole> answers) {
        JsonArrayBuilder choices = Json.arrayBuilder();
        JsonObject usage = JsonValue.EMPTY_JSON_OBJECT;
        int index = 0;
        for (Answer.Whole answer : answers) {
            JsonObject document = Json.object(answer.body());
            for (JsonValue choice : document.getJsonArray("choices")) {
                choices.add(Json.objectBuilder(choice.asJsonObject()).add("index", index++));
            }
            usage = Together.sum(usage, document.getJsonObject("usage"));
        }
        Answer.Whole first = answers.getFirst();
        byte[] body = Json.bytes(Json.objectBuilder(Json.object(first.body())).add("choices", choices).add("usage", usage).build());
        return new Answer.Whole(OK, first.type(), first.headers(), body);
    }
}
