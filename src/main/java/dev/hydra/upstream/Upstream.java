package dev.hydra.upstream;

import dev.hydra.secret.Secret;
import dev.hydra.wire.HttpCall;
import dev.hydra.wire.Passage;
import jakarta.json.JsonArray;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.Optional;

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
     * The call that counts a request's tokens without answering it.
     *
     * @param request as for {@link #call}; not changed
     * @return empty where the provider cannot
     */
    default Optional<HttpCall> count(String model, byte[] request, Secret key) {
        return Optional.empty();
    }

    /**
     * As the other one, for a request that is passed on as the client made it.
     *
     * @param passage what goes on beside the body; {@link Passage#NONE} makes it the same call
     */
    default HttpCall call(String model, boolean streamed, byte[] body, Secret key, Passage passage) {
        return call(model, streamed, body, key);
    }

    /** As {@link #verdict(int, byte[], String, Instant, Secret)}, for a call without a key of its own. */
    default Verdict verdict(int status, byte[] body, String model, Instant now) {
        return verdict(status, body, model, now, Secret.NONE);
    }

    /**
     * What else an error says to clients of the provider's own format: its detail objects without key material.
     *
     * @param body an error's body
     * @param key  the key that was used
     * @return empty where there is nothing, or the format has no such thing
     */
    default JsonArray details(byte[] body, Secret key) {
        return JsonValue.EMPTY_JSON_ARRAY;
    }

    /**
     * What an answer means, whether it came as an HTTP error or as an error document inside a stream. Never throws for a provider's bytes.
     *
     * @param status HTTP status, or the code of the error document whatever number it is, or 500 when it has none
     * @param body   the answer's body, possibly cut; with a status of 200 to 399 only an error document makes the answer no acceptance
     * @param model  the model that was asked
     * @param key    the key that was used: it is removed from the message, whatever it looks like
     */
    Verdict verdict(int status, byte[] body, String model, Instant now, Secret key);
}
