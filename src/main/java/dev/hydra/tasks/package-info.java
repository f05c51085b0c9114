/**
 * Endpoints that are more than one conversation with a provider: one class each maps its request to provider calls and back, with the same leases, failover
 * and audit.
 *
 * <p>Decision: what can be said as a conversation of one turn (speech, transcription, a picture, a legacy completion) is no task but a dialect.
 */
@NullMarked
package dev.hydra.tasks;

import org.jspecify.annotations.NullMarked;
