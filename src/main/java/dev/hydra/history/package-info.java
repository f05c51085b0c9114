/**
 * Keeps replies that later requests build on by name: OpenAI's {@code store} and {@code previous_response_id}.
 *
 * <p>Decisions. The gateway states what it needs ({@code gateway.Archives}) and this package provides it, so that the path of a request knows no
 * database. Replies are kept in the database, because any node may be asked to go on; they are written behind the request's back, in order, from a
 * bounded queue that is also looked into, so nobody waits for the database but who continues an earlier conversation. Each row holds one exchange alone
 * and names the one before it, so a long conversation costs what was said once. Bodies are compressed and encrypted: whole conversations are the most
 * private thing in the database, and nobody but their own token ever reads them. A conversation lives as long as it is continued.
 */
@NullMarked
package dev.hydra.history;

import org.jspecify.annotations.NullMarked;
