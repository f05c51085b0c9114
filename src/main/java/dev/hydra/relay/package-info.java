/**
 * Paths of the Gemini API that are no conversation: files and their uploads, cached contents, batches, operations, interactions, file search stores.
 * They are passed on raw, with a key of the project that owns what they name.
 *
 * <p>Decision: not {@code tasks}, because nothing is mapped here and nothing can be answered by another provider; what counts is who owns what. Decision:
 * ownership lives in the database (read through a cache), because a file outlives a restart by two days and a batch by weeks, and another node may be asked for
 * it. An object is seen only through the token that made it (spec defects S18): any other name is unknown, as if it were not there.
 */
@NullMarked
package dev.hydra.relay;

import org.jspecify.annotations.NullMarked;
