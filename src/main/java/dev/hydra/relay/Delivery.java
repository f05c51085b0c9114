package dev.hydra.relay;

import dev.hydra.gateway.InFlight;
import dev.hydra.gateway.Records;
import dev.hydra.relay.Forwarding.Answered;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the client's answer of the provider's: notes whose an object is, gives upload addresses our own host, passes large bodies on as they come. */
final class Delivery {
    /** Larger answers are files, whatever they call themselves. */
    static final int LARGEST_DOCUMENT = 16 * 1024 * 1024;
    private static final int BEGINNING = 64 * 1024;
    private static final int PIECE = 16 * 1024;
    private static final List<String> HEADERS = List.of("Content-Type", "Content-Disposition", "X-Goog-Upload-Status",
            "X-Goog-Upload-Size-Received", "X-Goog-Upload-Chunk-Granularity");
    private static final List<String> ADDRESSES = List.of("X-Goog-Upload-URL", "X-Goog-Upload-Control-URL");

    private final ObjectBook book;
    private final InFlight inFlight;

    Delivery(ObjectBook book, InFlight inFlight) {
        this.book = book;
        this.inFlight = inFlight;
    }

    /** What the client is answered. On an exception the provider's answer is still open. */
    RelayReply reply(RelayRequest request, Answered answer, Records.Record exchange) throws IOException, RelayFailure {
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
        InFlight.Tie tie = inFlight.tie(answer.reply()::abort);
        try (answer; tie) {
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

    /** The headers of a body that is there. */
    static Map<String, String> headers(String type, int length, Records.Record exchange) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("x-request-id", exchange.id());
        headers.put("Content-Type", type);
        headers.put("Content-Length", Integer.toString(length));
        return headers;
    }
}
