package dev.hydra.wire;

import java.net.URI;
import java.util.Map;

/**
 * One HTTP request to a provider. Prints its method and address only, because a header carries the provider's key.
 *
 * @param uri     never carries a key
 * @param headers all headers, the credential included; never a client's header that was not looked at
 * @param body    not copied and not changed; empty for GET
 */
public record HttpCall(String method, URI uri, Map<String, String> headers, byte[] body) {
    @Override
    public String toString() {
        return method + " " + uri;
    }
}
