package dev.hydra.dialect.gemini;

import dev.hydra.dialect.Ask;
import dev.hydra.dialect.BodyScan;
import dev.hydra.dialect.ClientDialect;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.wire.Json;
import dev.hydra.wire.Passage;
import jakarta.json.JsonObject;
import java.util.Optional;

/**
 * One method of the Gemini API as a client calls it. In this format the address says what others say in the body (model, stream, framing), so there is one
 * object for each request; it is cheap.
 */
public final class GeminiEndpoint implements ClientDialect {
    private final BodyScan scan;
    private final String model;
    private final Passage passage;
    private final Framing framing;
    private final boolean generates;

    GeminiEndpoint(BodyScan scan, String model, Passage passage, Framing framing, boolean generates) {
        this.scan = scan;
        this.model = model;
        this.passage = passage;
        this.framing = framing;
        this.generates = generates;
    }

    @Override
    public String id() {
        return GeminiDialect.ID;
    }

    @Override
    public Ask peek(byte[] body) {
        if (model.isBlank()) {
            throw new InvalidRequest("model", "The address names no model; it must be like models/gemini-2.5-flash:generateContent.");
        }
        return new Ask(model, framing != Framing.WHOLE, scan.affinities(body));
    }

    /** Nothing is read before a provider of another format needs it. */
    @Override
    public ClientRequest read(byte[] body) {
        return new GeminiClientRequest(body, framing, passage.method(), generates);
    }

    /** Google puts it in a list where the reply is one. */
    @Override
    public byte[] error(Failure failure, String requestId) {
        JsonObject document = GeminiError.document(failure, requestId);
        return Json.bytes(framing == Framing.ARRAY ? Json.arrayBuilder().add(document).build() : document);
    }

    /** None: Gemini's clients break on anything between two messages (spec clients §5.1). */
    @Override
    public Optional<byte[]> keepAlive() {
        return Optional.empty();
    }

    @Override
    public String streamType() {
        return framing.type();
    }

    /** No: Gemini's clients crash when a connection is cut (spec clients §5.3). */
    @Override
    public boolean cutsBrokenStream() {
        return false;
    }

    @Override
    public Passage passage() {
        return passage;
    }
}
