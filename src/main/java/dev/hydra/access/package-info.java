/**
 * Who may call: tokens, callers, the remote-address rules, and their admin resources.
 *
 * <p>Access fails closed. Only the hash of a token is stored; who is local is decided by the socket's address and by the absence of every
 * trace of a proxy, never by a header alone (design §10.1).
 */
@NullMarked
package dev.hydra.access;

import org.jspecify.annotations.NullMarked;
