/**
 * The lasting record: one row for every exchange and for every act of an administrator.
 *
 * <p>Decisions: the request's thread only puts the finished exchange into a bounded queue. One thread gathers batches, another stores them;
 * while the database is slow or gone the batches go to a file in {@code HYDRA_HOME} and are stored later. Rows have ids made here, in the
 * order of time, so that inserts are batched and storing an entry twice does no harm. No bodies and no secrets are kept.
 */
@NullMarked
package dev.hydra.audit;

import org.jspecify.annotations.NullMarked;
