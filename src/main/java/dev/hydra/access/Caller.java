package dev.hydra.access;

import java.util.Optional;

/**
 * Who makes a request, as far as access was granted.
 *
 * @param tokenId id of the access token; empty for a local caller in open mode
 * @param name    the token's name, or {@code local}
 * @param address the client's address: the socket's, or the one that a trusted proxy reported
 */
public record Caller(Optional<String> tokenId, String name, String address) {
}
