/**
 * OpenAI's speech endpoint. Decision: speaking is a conversation of one turn whose answer is a sound, so it goes the same path as every other conversation
 * (leases, failover, audit); only its request and its answer have a form of their own.
 */
@NullMarked
package dev.hydra.dialect.speech;

import org.jspecify.annotations.NullMarked;
