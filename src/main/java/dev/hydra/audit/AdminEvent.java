package dev.hydra.audit;

import java.time.Instant;

/**
 * One act of an administrator over the admin API; also the JSON of that API. A command that opens the database itself,
 * because no server runs, writes none.
 *
 * @param id      a UUID of version 7: later events have greater ones
 * @param actor   who did it, e.g. {@code admin} or {@code local}
 * @param address the IP address that it was done from
 * @param action  what was done, in a word or two, e.g. {@code token.created}
 * @param subject what it was done to, e.g. a token's name or a key's fingerprint; never a secret
 */
public record AdminEvent(String id, Instant moment, String actor, String address, String action, String subject) implements Entry {
    @Override
    public Object row() {
        return new AdminEventRow(this);
    }
}
