package dev.hydra.upstream;

import dev.hydra.secret.Secret;
import dev.hydra.wire.HttpCall;
import java.time.Instant;

/** A provider. Implementations are stateless and safe for use by many threads. */
public interface Upstream {
    /** Its name in routes, audit rows and headers, e.g. {@code gemini}. */
    String id();

    /** Id of the wire format that it speaks. */
    String dialect();

    /**
     * The call that asks a model for a reply.
     *
     * @param model    the provider's name of the model
     * @param streamed whether the reply is wanted as server-sent events
     * @param body     the request in the provider's format; not copied
     */
    HttpCall call(String model, boolean streamed, byte[] body, Secret key);

    /**
     * What an answer means, whether it came as an HTTP error or as an error document inside a stream.
     *
     * @param status HTTP status, or the code of the error document
     * @param body   the answer's body, possibly cut; for a status below 400 not looked at
     * @param model  the model that was asked
     */
    Verdict verdict(int status, byte[] body, String model, Instant now);
}
