package dev.hydra.tasks;

import dev.hydra.Component;
import dev.hydra.access.Caller;
import dev.hydra.dialect.Ask;
import dev.hydra.dialect.BodyScan;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.Failure.Kind;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.dialect.OpenAiError;
import dev.hydra.dialect.gemini.GeminiEndpoint;
import dev.hydra.dialect.gemini.GeminiEndpoints;
import dev.hydra.gateway.Answer;
import dev.hydra.gateway.Gateway;
import dev.hydra.gateway.Records;
import dev.hydra.gateway.Routes;
import dev.hydra.settings.Settings;
import dev.hydra.wire.Json;
import dev.hydra.wire.JsonOutput;
import dev.hydra.wire.Passage;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * OpenAI's embeddings (spec mapping §7.1). The inputs are asked for in batches of a hundred, Gemini's most, all at once; each batch is an exchange of its own
 * by Gemini's {@code batchEmbedContents}, with its own key, attempts and audit entry. The vectors come back in the order of the inputs.
 */
@Component
public final class Embeddings {
    private static final int BATCH = 100;
    private static final int OK = 200;
    private static final int BYTES_PER_TOKEN = 4;
    private static final String JSON = "application/json";
    private static final Passage BATCH_CALL = new Passage("", "batchEmbedContents", "", Map.of());

    private final Gateway gateway;
    private final GeminiEndpoints endpoints;
    private final Records records;
    private final BodyScan scan;

    @Inject
    Embeddings(Gateway gateway, GeminiEndpoints endpoints, Records records, Settings settings) {
        this.records = records;
        this.gateway = gateway;
        this.endpoints = endpoints;
        this.scan = new BodyScan(settings);
    }

    /** Answers a request; every failure is in OpenAI's shape. All or nothing: a list with gaps would be taken for a complete one. */
    public Answer answer(Caller caller, byte[] body) {
        EmbeddingsRequest request;
        try {
            Ask ask = scan.peek(body);
            request = EmbeddingsRequest.read(ask, body);
        } catch (InvalidRequest e) {
            return refused(e.failure(), caller, body);
        }
        List<Answer> answers = Together.ask(questions(request, caller));
        List<Answer.Whole> good = Together.good(answers);
        if (good.size() < answers.size()) {
            return answers.stream().map(Answer.Whole.class::cast).filter(answer -> answer.status() != OK).findFirst()
                    .map(Embeddings::refused).orElseThrow();
        }
        try {
            return joined(request, good);
        } catch (JsonException | IllegalStateException broken) {
            return failed(Failure.of(Kind.PROVIDER_ERROR, "The provider's reply is not one of embeddings."), good.getFirst().headers());
        }
    }

    private List<Supplier<Answer>> questions(EmbeddingsRequest request, Caller caller) {
        String model = Routes.bare(request.model());
        GeminiEndpoint endpoint = endpoints.of(model, BATCH_CALL, false);
        List<Supplier<Answer>> questions = new ArrayList<>();
        for (int from = 0; from < request.inputs().size(); from += BATCH) {
            List<String> some = request.inputs().subList(from, Math.min(request.inputs().size(), from + BATCH));
            questions.add(() -> gateway.answer(endpoint, caller, request.batch(model, some)));
        }
        return questions;
    }

    private static Answer joined(EmbeddingsRequest request, List<Answer.Whole> good) {
        List<float[]> vectors = new ArrayList<>(request.inputs().size());
        long tokens = 0;
        for (Answer.Whole answer : good) {
            Vectors some = Vectors.read(answer.body());
            vectors.addAll(some.all());
            tokens += some.tokens();
        }
        if (vectors.size() != request.inputs().size()) {
            throw new IllegalStateException("as many vectors as inputs are owed");
        }
        if (request.dimensions().isPresent()) {
            vectors.forEach(Vectors::normalise);
        }
        byte[] body = document(request, vectors, tokens > 0 ? tokens : estimate(request.inputs()));
        return new Answer.Whole(OK, JSON, good.getFirst().headers(), body);
    }

    /** The older models' replies have no count. */
    private static long estimate(List<String> inputs) {
        return inputs.stream().mapToLong(input -> Math.max(1, input.length() / BYTES_PER_TOKEN)).sum();
    }

    private static byte[] document(EmbeddingsRequest request, List<float[]> vectors, long tokens) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(vectors.size() * vectors.getFirst().length * 8 + 256);
        try {
            JsonOutput json = new JsonOutput().begin(out).beginObject().name("object").value("list").name("data").beginArray();
            for (int i = 0; i < vectors.size(); i++) {
                json.beginObject().name("object").value("embedding").name("index").value(i).name("embedding");
                Vectors.write(json, vectors.get(i), request.base64());
                json.endObject();
            }
            json.endArray().name("model").value(request.model()).name("usage").beginObject().name("prompt_tokens").value(tokens);
            json.name("total_tokens").value(tokens).endObject().endObject().end();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return out.toByteArray();
    }

    /** A request that no batch is made of leaves an audit entry of its own. */
    private Answer refused(Failure failure, Caller caller, byte[] body) {
        Records.Record record = records.begin(caller, "embeddings", "", body.length);
        record.ended(failure.kind().status(), 0, failure.message());
        return failed(failure, Map.of("x-request-id", record.id()));
    }

    /** Gemini's error document as OpenAI's; its headers, with the time to wait, stay. */
    private static Answer refused(Answer.Whole answer) {
        JsonValue document = Json.value(answer.body());
        JsonValue first = document instanceof JsonArray list && !list.isEmpty() ? list.getFirst() : document;
        String message = first instanceof JsonObject object && object.get("error") instanceof JsonObject error
                ? error.getString("message", "") : "";
        return failed(Failure.of(kind(answer.status()), message), answer.headers());
    }

    private static Kind kind(int status) {
        return switch (status) {
            case 400 -> Kind.INVALID_REQUEST;
            case 403 -> Kind.FORBIDDEN;
            case 404 -> Kind.MODEL_NOT_FOUND;
            case 413 -> Kind.TOO_LARGE;
            case 429 -> Kind.RATE_LIMITED;
            case 503 -> Kind.UNAVAILABLE;
            case 504 -> Kind.TIMEOUT;
            case 500 -> Kind.INTERNAL;
            default -> Kind.PROVIDER_ERROR;
        };
    }

    private static Answer failed(Failure failure, Map<String, String> headers) {
        return new Answer.Whole(failure.kind().status(), JSON, headers, OpenAiError.document(failure));
    }
}
