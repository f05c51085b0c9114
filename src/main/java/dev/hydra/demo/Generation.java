package dev.hydra.demo;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The methods that cost quota: generateContent in its shapes, countTokens, embedContent. What they return is the refusal, if any. */
final class Generation {
    private final Callers callers;
    private final QuotaLedger quotas;
    private final Composer composer;
    private final Ids ids;
    private final Delivery delivery;

    Generation(Callers callers, QuotaLedger quotas, Composer composer, Ids ids, Delivery delivery) {
        this.callers = callers;
        this.quotas = quotas;
        this.composer = composer;
        this.ids = ids;
        this.delivery = delivery;
    }

    Optional<ApiError> generate(Exchange exchange, SimulatedModel model, JsonObject body, Optional<Fault> fault,
            Refusal.Circumstances about) throws IOException {
        Optional<ApiError> error = RequestCheck.check(body, model);
        if (error.isPresent()) {
            return error;
        }
        Prompt prompt = Prompt.of(body);
        int tokens = prompt.tokenCount();
        if (tokens > model.inputTokenLimit()) {
            return Optional.of(ApiError.invalid("The input token count (" + tokens + ") exceeds the maximum number of tokens allowed ("
                    + model.inputTokenLimit() + ")."));
        }
        error = quotas.book(callers.project(exchange.key()).orElseThrow(), model.id(), tokens);
        if (error.isEmpty()) {
            delivery.send(exchange.reply(), exchange.shape(), payloads(exchange, model, prompt, fault), fault, about);
        }
        return error;
    }

    private List<AnswerWriter.Payload> payloads(Exchange exchange, SimulatedModel model, Prompt prompt, Optional<Fault> fault) {
        boolean streamed = exchange.shape() != Delivery.Shape.WHOLE;
        Answer.Input input = new Answer.Input(prompt.tokens(), prompt.tokenCount());
        AnswerWriter writer = new AnswerWriter(model.id(), ids.responseId(), input);
        List<Answer> answers = new ArrayList<>();
        switch (fault.orElse(null)) {
            case Oddity oddity -> {
                return literal(oddity.payloads(model.id(), streamed));
            }
            case Fault.Events events -> {
                return literal(events.payloads().stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList());
            }
            case Fault.HugeEvent huge -> {
                return List.of(out -> huge(out, huge.bytes(), model.id()));
            }
            case Fault.Says says -> answers.add(composer.literal(says.chunks(), model));
            case null, default -> {
                int candidates = JsonText.integer(prompt.config(), "candidateCount").orElse(1);
                for (int i = 0; i < candidates; i++) {
                    answers.add(composer.compose(prompt, model, i));
                }
            }
        }
        return streamed ? writer.stream(answers) : List.of(writer.whole(answers));
    }

    private static List<AnswerWriter.Payload> literal(List<byte[]> payloads) {
        List<AnswerWriter.Payload> list = new ArrayList<>();
        payloads.forEach(bytes -> list.add(out -> out.add(bytes)));
        return list;
    }

    private static void huge(ByteBuilder out, int bytes, String model) {
        byte[] image = new byte[(bytes + 3) / 4 * 4];
        Arrays.fill(image, (byte) 'A');
        out.add("{\"candidates\":[{\"content\":{\"parts\":[{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"").add(image)
                .add("\"}}],\"role\":\"model\"},\"finishReason\":\"STOP\",\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":8,"
                        + "\"candidatesTokenCount\":1290,\"totalTokenCount\":1298},\"modelVersion\":\"")
                .add(model).add("\"}");
    }

    Optional<ApiError> count(Exchange exchange, JsonObject body) throws IOException {
        Optional<ApiError> error = FieldCheck.check(body, "CountTokensRequest");
        if (error.isPresent()) {
            return error;
        }
        JsonObject inner = JsonText.object(body, "generateContentRequest");
        Prompt prompt = Prompt.of(inner.isEmpty() ? body : inner);
        ByteBuilder out = new ByteBuilder();
        out.add("{\"totalTokens\":").add(Integer.toString(prompt.tokenCount())).add(",\"promptTokensDetails\":");
        AnswerWriter.modalities(out, prompt.tokens());
        exchange.reply().whole(200, "application/json; charset=UTF-8", out.add("}").copy());
        return Optional.empty();
    }

    Optional<ApiError> embed(Exchange exchange, SimulatedModel model, JsonObject body) throws IOException {
        boolean batch = "batchEmbedContents".equals(exchange.target().method());
        Optional<ApiError> error = FieldCheck.check(body, batch ? "BatchEmbedContentsRequest" : "EmbedContentRequest");
        if (error.isEmpty()) {
            int tokens = Math.max(1, exchange.request().body().length / 4);
            error = quotas.book(callers.project(exchange.key()).orElseThrow(), model.id(), tokens);
        }
        if (error.isPresent()) {
            return error;
        }
        ByteBuilder out = new ByteBuilder();
        if (batch) {
            List<JsonObject> requests = new ArrayList<>();
            JsonText.list(body, "requests").forEach(request -> requests.add(request.asJsonObject()));
            out.add("{\"embeddings\":[");
            Embedding.writeAll(out, requests);
            out.add("]}");
        } else {
            out.add("{\"embedding\":");
            Embedding.write(out, body);
            out.add("}");
        }
        exchange.reply().whole(200, "application/json; charset=UTF-8", out.copy());
        return Optional.empty();
    }
}
