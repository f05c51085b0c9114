package dev.hydra.audit;

import java.time.Instant;

/**
 * One act of an administrator; also the JSON of the admin API.
 *
 * @param id      a UUID of version 7: later events have greater ones
 * @param actor   who did it, e.g. {@code admin} or {@code command line}
 * @param address the IP address that it was done from; empty for the command line
 * @param action  what was done, in a word or two, e.g. {@code token.created}
 * @param subject what it was done to, e.g. a token's name or a key's fingerprint; never a secret
 */
public record AdminEvent(String id, Instant moment, String actor, String address, String action, String subject) implements Entry {
    @Override
    public Object row() {
        return new AdminEventRow(this);
    }
}
