package dev.hydra.tasks;

import dev.hydra.gateway.Answer;
import dev.hydra.wire.Json;
import dev.hydra.wire.Threads;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Several exchanges for one request, each on a virtual thread of its own. */
final class Together {
    private static final Executor THREADS = task -> Threads.virtual("task-").newThread(task).start();
    private static final int OK = 200;

    private Together() {
    }

    /** All answers, in the order of the questions; returns when the last has come. */
    static List<Answer> ask(List<Supplier<Answer>> questions) {
        List<CompletableFuture<Answer>> asked = questions.stream().map(question -> CompletableFuture.supplyAsync(question, THREADS))
                .toList();
        return asked.stream().map(CompletableFuture::join).toList();
    }

    /** Those answers that are complete and good. */
    static List<Answer.Whole> good(List<Answer> answers) {
        return answers.stream().filter(Answer.Whole.class::isInstance).map(Answer.Whole.class::cast)
                .filter(answer -> answer.status() == OK).toList();
    }

    /** Adds numbers of the same name, in objects too. */
    static JsonObject sum(JsonObject one, JsonObject other) {
        JsonObjectBuilder sum = Json.objectBuilder(one);
        other.forEach((name, value) -> {
            JsonValue known = one.get(name);
            if (known instanceof JsonNumber number && value instanceof JsonNumber more) {
                sum.add(name, number.longValue() + more.longValue());
            } else if (known instanceof JsonObject object && value instanceof JsonObject more) {
                sum.add(name, sum(object, more));
            } else {
                sum.add(name, value);
            }
        });
        return sum.build();
    }
}
