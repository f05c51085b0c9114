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
 */
@NullMarked
package dev.hydra.keys;

import org.jspecify.annotations.NullMarked;
