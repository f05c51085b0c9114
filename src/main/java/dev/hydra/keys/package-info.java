/**
 * The pool of provider keys: which there are, which of them may serve a model now, and what an answer means for the next choice.
 *
 * <p>Decision: all that changes per request lives behind {@link dev.hydra.keys.SharedState}, where one claim and one release are one atomic step each.
 * Quotas are Google's, so they are per project and model; keys of one project rest together. Choice is by ordered structures, never by a scan, so that
 * 10,000 keys cost little more than 10. Keys are stored encrypted; the database is never waited for by a request.
 *
 * <p>Decision: in the mode {@code enforce} those limits are kept exactly that the API has told or the operator has set. The built-in figures
 * ({@code model-limits.toml}) say which project to spare, and refuse nobody. Kept exactly they would waste what a project has beyond them, and would never
 * be put right, since only a 429 tells the real size; too high, they cost one 429 for each project and model, after which the limit is known.
 *
 * <p>Decision: a key has {@code HYDRA_POOL_CONCURRENCY} (3) requests at once, times its tier's multiplier. One more waits, up to
 * {@code HYDRA_POOL_WAIT}, and is then refused with 429: a limit that is exceeded whenever somebody waits is none.
 *
 * <p>Decision: {@link dev.hydra.keys.Caps} are the operator's own budgets and no quotas: counted here in this process and added up in the database, not in the
 * shared state, since they must outlive Redis and may be a second behind.
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
