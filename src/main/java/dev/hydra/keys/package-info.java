/**
 * The pool of provider keys: which there are, which of them may serve a model now, and what an answer means for the next choice.
 *
 * <p>Decision: all that changes per request lives behind {@link dev.hydra.keys.SharedState}, where one claim and one release are one atomic step each.
 * Quotas are Google's, so they are per project and model; keys of one project rest together. Choice is by ordered structures, never by a scan, so that
 * 10,000 keys cost what 10 do. Keys are stored encrypted; the database is never waited for by a request.
 *
 * <p>Several nodes ({@link dev.hydra.keys.ClusterState}): each node's own {@code LocalState} proposes the best key that it knows of, and Redis decides in one
 * script whose keys all carry the project's hash tag, so that a lease is one round trip in the common case and touches one slot of a Redis Cluster. A no says
 * why and until when, which is what the node did not know; so a project that others have filled costs each node one question, not one per request. Redis's
 * clock counts, never a node's; only lengths of time cross the line. Nodes do not starve each other: the one that took the last key of a quota lets another
 * one go first that waits for it, for 15 ms. Each node keeps its own part of what Redis knows ({@code Ledger}), so that an empty Redis can be told again, and
 * what was used without Redis is told when it is back. Exactness is promised while Redis is intact: after a loss of memory it is back within a second, the
 * time until all nodes have noticed. Messages may be missed; what they say is also found in the database or by the next question, save for a reset, whose
 * rests then end by themselves.
 */
@NullMarked
package dev.hydra.keys;

import org.jspecify.annotations.NullMarked;
