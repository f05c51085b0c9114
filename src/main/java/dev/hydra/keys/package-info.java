/**
 * The pool of provider keys: which there are, which of them may serve a model now, and what an answer means for the next choice.
 *
 * <p>Decision: all that changes per request lives behind {@link dev.hydra.keys.SharedState}, where one claim and one release are one atomic step each.
 * Quotas are Google's, so they are per project and model; keys of one project rest together. Choice is by ordered structures, never by a scan, so that
 * 10,000 keys cost what 10 do. Keys are stored encrypted; the database is never waited for by a request.
 */
@NullMarked
package dev.hydra.keys;

import org.jspecify.annotations.NullMarked;
