/**
 * The command line: {@code hydra} and its commands.
 *
 * <p>Decision: a command does not care whether a server runs. {@link dev.hydra.cli.Backend} is the admin API of the server that left its address in the
 * home directory, or else the database itself, opened alone (design §10.3); answers look the same. Errors of the user are one line and never a stack
 * trace.
 */
@NullMarked
package dev.hydra.cli;

import org.jspecify.annotations.NullMarked;
