package dev.hydra.relay;

import dev.hydra.Component;
import dev.hydra.dialect.BodyScan;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.Failure.Kind;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.gateway.InFlight;
import dev.hydra.gateway.Records;
import dev.hydra.relay.Forwarding.Answered;
import dev.hydra.settings.Settings;
import dev.hydra.wire.Json;
import jakarta.inject.Inject;
import jakarta.json.JsonException;
import jakarta.json.JsonString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Passes requests about the provider's objects on, each with a key of the project that owns what it names (spec mapping §8.1, §8.3). */
@Component
public final class Relay {
    private static final String DIALECT = "gemini";
    /** Methods of a model that make an object. */
    private static final Set<String> MAKING = Set.of("batchGenerateContent", "asyncBatchEmbedContent", "predictLongRunning");

    private final Forwarding forwarding;
    private final ObjectBook book;
    private final Records records;
    private final InFlight inFlight;
    private final Delivery delivery;
    private final BodyScan scan;

    /** With ownership in this book. */
    @Inject
    public Relay(Forwarding forwarding, ObjectBook book, Records records, InFlight inFlight, Settings settings) {
        this.forwarding = forwarding;
        this.book = book;
        this.records = records;
        this.inFlight = inFlight;
        this.delivery = new Delivery(book, inFlight);
        this.scan = new BodyScan(settings);
    }

    /**
     * Answers a request.
     *
     * @throws RelayFailure   when it cannot be passed on or nobody answers
     * @throws InvalidRequest when its body is not acceptable JSON, or names an object of somebody else
     */
    public RelayReply answer(RelayRequest request) throws RelayFailure {
        Records.Record exchange = records.begin(request.caller(), DIALECT, request.target(), request.body().length);
        try {
            return unlessStopped(request, exchange);
        } catch (RelayFailure e) {
            exchange.ended(e.failure().kind().status(), 0, e.getMessage());
            throw e;
        } catch (RuntimeException e) {
            exchange.ended(e instanceof InvalidRequest ? 400 : 500, 0, String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private RelayReply unlessStopped(RelayRequest request, Records.Record exchange) throws RelayFailure {
        // Interrupting a virtual thread closes the socket that it reads: that ends the provider's call, or the client's upload.
        InFlight.Tie tie = inFlight.tie(Thread.currentThread()::interrupt);
        try {
            return answer(request, exchange);
        } catch (RelayFailure e) {
            throw tie.isCut() ? new RelayFailure(InFlight.failure()) : e;
        } finally {
            tie.close();
            if (tie.isCut()) {
                Thread.interrupted(); // the answer is still to be written
            }
        }
    }

    private RelayReply answer(RelayRequest request, Records.Record exchange) throws RelayFailure {
        if (request.method().equals("GET") && ObjectName.isCollection(request.target())) {
            byte[] page = new UnionList(book, request, this::fetched).page(exchange);
            exchange.ended(200, page.length, "");
            return new RelayReply(200, Delivery.headers("application/json", page.length, exchange), out -> out.write(page));
        }
        String model = model(request.target());
        List<String> affinities = affinities(request, model);
        Answered answer = forwarding.send(request, model, affinities, exchange);
        try {
            return delivery.reply(request, answer, exchange);
        } catch (IOException e) {
            answer.close();
            throw new RelayFailure(Failure.of(Kind.PROVIDER_ERROR, "The provider's answer broke off."));
        } catch (RelayFailure | RuntimeException e) {
            answer.close();
            throw e;
        }
    }

    /** The model whose method is called; empty for all else. @throws RelayFailure when the address means nothing */
    private static String model(String target) throws RelayFailure {
        int slash = target.indexOf('/');
        String collection = slash < 0 ? target : target.substring(0, slash);
        int colon = target.lastIndexOf(':');
        if (collection.equals("models") && colon > slash && MAKING.contains(target.substring(colon + 1))) {
            return target.substring(slash + 1, colon);
        }
        boolean known = ObjectName
                .isCollection(collection.indexOf(':') < 0 ? collection : collection.substring(0, collection.indexOf(':')));
        if (!known && ObjectName.of(target).isEmpty()) {
            throw new RelayFailure(Failure.of(Kind.NOT_FOUND, "The path '" + target + "' is not supported."));
        }
        return "";
    }

    /** Names of what decides on the project: what the address names, what the body names, or what the caller has uploaded last. */
    private List<String> affinities(RelayRequest request, String model) throws RelayFailure {
        String session = request.parameter("upload_id");
        Optional<ObjectName> named = session.isEmpty() ? ObjectName.of(request.target()) : ObjectName.upload(session);
        if (!session.isEmpty() && named.isEmpty() || model.isEmpty() && named.isEmpty() && request.target().contains("/")) {
            throw RelayFailure.notFound();
        }
        List<String> names = new ArrayList<>(2);
        if (named.isPresent()) {
            names.add(book.of(request.caller(), named.get()).orElseThrow(RelayFailure::notFound).name());
        }
        if (request.body().length > 0) {
            names.addAll(scan.affinities(request.body()));
            previous(request).ifPresent(names::add);
            book.check(request.caller(), names);
        }
        if (names.isEmpty()) {
            book.latest(request.caller(), "files").ifPresent(latest -> names.add(latest.name()));
        }
        return names;
    }

    /** An interaction goes on where the one before it was. */
    private Optional<String> previous(RelayRequest request) throws RelayFailure {
        if (!request.target().equals("interactions")) {
            return Optional.empty();
        }
        try {
            return Json.object(request.body()).get("previous_interaction_id") instanceof JsonString id
                    ? Optional.of(ObjectName.of("interactions/" + id.getString()).flatMap(name -> book.of(request.caller(), name))
                            .orElseThrow(RelayFailure::notFound).name())
                    : Optional.empty();
        } catch (JsonException broken) {
            return Optional.empty();
        }
    }

    /** One object's document; empty when the provider has it no more. */
    private Optional<byte[]> fetched(RelayRequest request, String name, Records.Record exchange) throws RelayFailure {
        try (Answered answer = forwarding.send(request.get(name), "", List.of(name), exchange)) {
            int status = answer.reply().status();
            if (answer.error().isEmpty()) {
                return Optional.of(answer.reply().body().readNBytes(Delivery.LARGEST_DOCUMENT));
            }
            if (status == 404 || status == 403) {
                book.gone(name);
                return Optional.empty();
            }
            throw new RelayFailure(Failure.of(Kind.PROVIDER_ERROR, "The provider answers with status " + status + " about " + name + '.'));
        } catch (IOException e) {
            throw new RelayFailure(Failure.of(Kind.PROVIDER_ERROR, "The provider's answer broke off."));
        }
    }
}
