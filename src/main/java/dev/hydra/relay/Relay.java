package dev.hydra.relay;

import dev.hydra.Component;
import dev.hydra.dialect.BodyScan;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.Failure.Kind;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.gateway.Records;
import dev.hydra.relay.Forwarding.Answered;
import dev.hydra.settings.Settings;
import dev.hydra.wire.Json;
import jakarta.inject.Inject;
import jakarta.json.JsonException;
import jakarta.json.JsonString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Passes requests about the provider's objects on, each with a key of the project that owns what it names (spec mapping §8.1, §8.3). */
@Component
public final class Relay {
    private static final String DIALECT = "gemini";
    /** Methods of a model that make an object. */
    private static final Set<String> MAKING = Set.of("batchGenerateContent", "asyncBatchEmbedContent", "predictLongRunning");
    /** Larger answers are files, whatever they call themselves. */
    private static final int LARGEST_DOCUMENT = 16 * 1024 * 1024;
    private static final int BEGINNING = 64 * 1024;
    private static final int PIECE = 16 * 1024;
    private static final List<String> HEADERS = List.of("Content-Type", "Content-Disposition", "X-Goog-Upload-Status",
            "X-Goog-Upload-Size-Received", "X-Goog-Upload-Chunk-Granularity");
    private static final List<String> ADDRESSES = List.of("X-Goog-Upload-URL", "X-Goog-Upload-Control-URL");

    private final Forwarding forwarding;
    private final ObjectBook book;
    private final Records records;
    private final BodyScan scan;

    /** With ownership in this book. */
    @Inject
    public Relay(Forwarding forwarding, ObjectBook book, Records records, Settings settings) {
        this.forwarding = forwarding;
        this.book = book;
        this.records = records;
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
            return answer(request, exchange);
        } catch (RelayFailure e) {
            exchange.ended(e.failure().kind().status(), 0, e.getMessage());
            throw e;
        } catch (RuntimeException e) {
            exchange.ended(e instanceof InvalidRequest ? 400 : 500, 0, String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private RelayReply answer(RelayRequest request, Records.Record exchange) throws RelayFailure {
        if (request.method().equals("GET") && ObjectName.isCollection(request.target())) {
            byte[] page = new UnionList(book, request, this::fetched).page(exchange);
            exchange.ended(200, page.length, "");
            return new RelayReply(200, headers("application/json", page.length, exchange), out -> out.write(page));
        }
        String model = model(request.target());
        List<String> affinities = affinities(request, model);
        Answered answer = forwarding.send(request, model, affinities, exchange);
        try {
            return reply(request, answer, exchange);
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

    private RelayReply reply(RelayRequest request, Answered answer, Records.Record exchange) throws IOException, RelayFailure {
        int status = answer.reply().status();
        String type = answer.reply().header("Content-Type").orElse("application/json");
        if (answer.error().isPresent()) {
            if (status == 404) {
                ObjectName.of(request.target()).ifPresent(name -> book.gone(name.root()));
            }
            byte[] error = Forwarding.redacted(answer.error().get(), answer.lease());
            answer.close();
            exchange.ended(status, error.length, "the provider refused the request");
            return new RelayReply(status, headers(type, error.length, exchange), out -> out.write(error));
        }
        Map<String, String> headers = passing(request, answer, exchange);
        if (type.startsWith("application/json")) {
            byte[] document = answer.reply().body().readNBytes(LARGEST_DOCUMENT);
            if (document.length < LARGEST_DOCUMENT) {
                learn(request, document, answer);
                answer.close();
                exchange.ended(status, document.length, "");
                headers.put("Content-Length", Integer.toString(document.length));
                return new RelayReply(status, headers, out -> out.write(document));
            }
            return new RelayReply(status, headers, out -> stream(document, request, answer, exchange, out));
        }
        return new RelayReply(status, headers, out -> stream(new byte[0], request, answer, exchange, out));
    }

    private void learn(RelayRequest request, byte[] document, Answered answer) {
        ReplyNames.of(request.target(), document).forEach(name -> book.made(name, request.caller(), Maker.of(answer.lease())));
        if (request.method().equals("DELETE") || request.target().endsWith(":delete")) {
            ObjectName.of(request.target()).filter(name -> !request.target().substring(name.root().length()).contains("/"))
                    .ifPresent(name -> book.gone(name.root()));
        }
    }

    /** Passes a body on as it comes. @param before what has been read of it already */
    private void stream(byte[] before, RelayRequest request, Answered answer, Records.Record exchange, OutputStream out)
            throws IOException {
        long sent = 0;
        String failure = "the answer broke off";
        try (answer) {
            boolean made = request.target().equals("interactions") && request.method().equals("POST");
            ByteArrayOutputStream beginning = new ByteArrayOutputStream();
            out.write(before);
            InputStream in = answer.reply().body();
            byte[] piece = new byte[PIECE];
            for (int size = in.read(piece); size >= 0; size = in.read(piece)) {
                if (made) {
                    beginning.write(piece, 0, size);
                    made = !noted(beginning, request, answer);
                }
                out.write(piece, 0, size);
                out.flush();
                sent += size;
            }
            failure = "";
        } finally {
            exchange.ended(answer.reply().status(), sent + before.length, failure);
        }
    }

    /** Whether nothing more is to be looked for in the beginning of a stream. Noted before the client has it, so that it can be asked for at once. */
    private boolean noted(ByteArrayOutputStream beginning, RelayRequest request, Answered answer) {
        Optional<ObjectName> name = ReplyNames.ofStream(beginning.toString(StandardCharsets.UTF_8));
        name.ifPresent(found -> book.made(found, request.caller(), Maker.of(answer.lease())));
        return name.isPresent() || beginning.size() > BEGINNING;
    }

    private Map<String, String> passing(RelayRequest request, Answered answer, Records.Record exchange) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("x-request-id", exchange.id());
        for (String name : HEADERS) {
            answer.reply().header(name).ifPresent(value -> headers.put(name, value));
        }
        for (String name : ADDRESSES) {
            answer.reply().header(name).map(UploadAddress::of).ifPresent(address -> {
                headers.put(name, address.under(request.base()));
                ObjectName.upload(address.session()).ifPresent(session -> book.made(session, request.caller(), Maker.of(answer.lease())));
            });
        }
        return headers;
    }

    private static Map<String, String> headers(String type, int length, Records.Record exchange) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("x-request-id", exchange.id());
        headers.put("Content-Type", type);
        headers.put("Content-Length", Integer.toString(length));
        return headers;
    }

    /** One object's document; empty when the provider has it no more. */
    private Optional<byte[]> fetched(RelayRequest request, String name, Records.Record exchange) throws RelayFailure {
        try (Answered answer = forwarding.send(request.get(name), "", List.of(name), exchange)) {
            int status = answer.reply().status();
            if (answer.error().isEmpty()) {
                return Optional.of(answer.reply().body().readNBytes(LARGEST_DOCUMENT));
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
