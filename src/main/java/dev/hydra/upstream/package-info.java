/**
 * One class per provider: where it is, how a call to it is signed, which wire format it speaks, what its failures mean.
 *
 * <p>A provider is not a dialect: several providers share one format, so this package names formats by id and never imports one.
 */
@NullMarked
package dev.hydra.upstream;

import org.jspecify.annotations.NullMarked;
