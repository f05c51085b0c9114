/**
 * What clients ask for besides an answer; one class each maps its request to a provider call and back, with a lease of the same pool.
 */
@NullMarked
package dev.hydra.tasks;

import org.jspecify.annotations.NullMarked;
