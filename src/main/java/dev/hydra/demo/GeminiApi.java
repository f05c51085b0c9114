package dev.hydra.demo;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.Optional;

/** The way of one request: credentials, ordered faults, checks, quota, answer. */
final class GeminiApi implements HttpListener.Responder {
    private static final int MAX_BODY = 100 << 20;
    private final Callers callers;
    private final ModelList models;
    private final Generation generation;
    private final Delivery delivery;
    private final FaultPlan faults;
    private final RequestLog log;
    private final StoredObjects stored;

    GeminiApi(Callers callers, ModelList models, Generation generation, Delivery delivery, FaultPlan faults, RequestLog log) {
        this.callers = callers;
        this.models = models;
        this.generation = generation;
        this.delivery = delivery;
        this.faults = faults;
        this.log = log;
        this.stored = new StoredObjects(callers, delivery);
    }

    @Override
    public void respond(RecordedRequest request, HttpReply reply) throws IOException {
        log.received(request);
        try {
            if (stored.answers(request, reply)) {
                return;
            }
            Optional<Target> target = Target.of(request);
            if (target.isEmpty()) {
                delivery.refuse(reply, ApiError.of(404, "NOT_FOUND", "Requested entity was not found."), Delivery.Shape.WHOLE);
            } else {
                authorized(new Exchange(request, target.get(), reply, target.get().shape(request), Callers.key(request)));
            }
        } catch (IOException e) {
            log.abandoned(request);
            throw e;
        }
    }

    private void authorized(Exchange exchange) throws IOException {
        String project = callers.project(exchange.key()).map(SimulatedProject::number).orElse("0");
        Refusal.Circumstances about = exchange.about(project);
        Optional<ApiError> refusal = callers.refuse(exchange.request(), exchange.key(), about);
        boolean generates = "POST".equals(exchange.request().method());
        Optional<Fault> fault = refusal.isPresent() ? Optional.empty()
                : generates ? faults.next(exchange.key(), exchange.target().model()) : faults.ofKey(exchange.key());
        if (refusal.isEmpty() && fault.isPresent()) {
            if (replaces(exchange, fault.get())) {
                return;
            }
            refusal = refusal(fault.get(), about, generates);
        }
        if (refusal.isPresent()) {
            delivery.refuse(exchange.reply(), refusal.get(), exchange.shape());
        } else if (generates) {
            post(exchange, fault, about);
        } else {
            models.get(exchange);
        }
    }

    /** Carries out a fault that leaves nothing of the normal reply; true when it did. */
    private boolean replaces(Exchange exchange, Fault fault) throws IOException {
        HttpReply reply = exchange.reply();
        switch (fault) {
            case Fault.Raw raw -> delivery.raw(reply, raw);
            case Fault.Verbatim verbatim -> {
                reply.closeAfter();
                reply.verbatim(verbatim.bytes());
                reply.flush();
            }
            case Fault.Stalled stalled when stalled.afterEvents() < 0 -> {
                reply.waitFor(Delivery.until(stalled.length()));
                return false;
            }
            case Fault.Held held when held.afterEvents() < 0 -> {
                reply.waitFor(Delivery.until(held.release()));
                return false;
            }
            case Fault.Cut cut when cut.afterEvents() < 0 -> reply.cut(cut.reset());
            case Fault other -> {
                return false;
            }
        }
        return true;
    }

    private static Optional<ApiError> refusal(Fault fault, Refusal.Circumstances about, boolean generates) {
        return switch (fault) {
            case Refusal refusal when generates || refusal.concernsKey() -> Optional.of(refusal.error(about));
            case Fault.MinuteQuota quota -> Optional.of(QuotaError.exceeded(about.model(), QuotaError.Limit.REQUESTS_PER_MINUTE, 2, true,
                    quota.retryDelay()));
            case Fault.Custom custom -> Optional.of(ApiError.of(custom.code(), custom.status(), custom.message()));
            case Fault other -> Optional.empty();
        };
    }

    private void post(Exchange exchange, Optional<Fault> fault, Refusal.Circumstances about) throws IOException {
        Optional<SimulatedModel> model = models.able(exchange.target());
        Optional<ApiError> error = Optional.empty();
        JsonObject body = JsonValue.EMPTY_JSON_OBJECT;
        if (model.isEmpty()) {
            error = Optional.of(Refusal.MODEL_NOT_FOUND.error(about));
        } else if (exchange.request().body().length > MAX_BODY) {
            error = Optional.of(Refusal.TOO_LARGE.error(about));
        } else {
            try {
                body = exchange.request().json();
            } catch (JsonException e) {
                error = Optional.of(ApiError.invalid("Invalid JSON payload received. Unexpected token.\n" + firstLine(e)));
            }
        }
        if (error.isEmpty()) {
            error = answer(exchange, model.get(), body, fault, about);
        }
        if (error.isPresent()) {
            delivery.refuse(exchange.reply(), error.get(), exchange.shape());
        }
    }

    private static String firstLine(JsonException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private Optional<ApiError> answer(Exchange exchange, SimulatedModel model, JsonObject body, Optional<Fault> fault,
            Refusal.Circumstances about) throws IOException {
        return switch (exchange.target().capability()) {
            case "generateContent" -> generation.generate(exchange, model, body, fault, about);
            case "countTokens" -> generation.count(exchange, body);
            default -> generation.embed(exchange, model, body);
        };
    }
}
