/**
 * Typed configuration: one tree of records, read once at start.
 *
 * <p>Sources, later wins: built-in defaults, {@code hydra.toml}, the dashboard (database), environment with {@code .env}, system properties
 * and JNDI, command line flags. A value that is unknown or not allowed stops the start with a message that names the key, the value and
 * what is allowed.
 */
@NullMarked
package dev.hydra.settings;

import org.jspecify.annotations.NullMarked;
