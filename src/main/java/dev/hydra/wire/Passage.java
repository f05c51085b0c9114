package dev.hydra.wire;

import java.util.Map;

/**
 * What of a client's HTTP request, beside its body, goes on to a provider that speaks the same format. Never a credential.
 *
 * @param version version of the API in the address, e.g. {@code v1beta}; empty = the provider's usual one
 * @param method  method of the API, e.g. {@code countTokens}; empty = the one that answers a conversation
 * @param query   raw query without the question mark; empty = none
 * @param headers headers that were looked at and may pass
 */
public record Passage(String version, String method, String query, Map<String, String> headers) {
    /** Nothing goes on but the body. */
    public static final Passage NONE = new Passage("", "", "", Map.of());
}
