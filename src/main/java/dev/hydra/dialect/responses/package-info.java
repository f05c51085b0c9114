/**
 * OpenAI Responses, both sides. Towards clients requests become a conversation and reply events become a response or a stream of events; towards
 * providers it is the other way round.
 *
 * <p>A reply is a list of output items, and both forms of an answer are written from the same list: the stream tells how it grows, and its last event
 * holds it whole. What a provider wants back (thought signatures, its own parts) travels in the {@code encrypted_content} of reasoning items, with the
 * name of its origin ({@code Carrier}). The {@code output} of a stored response is kept in that full form even when the client asked for none of it.
 */
@NullMarked
package dev.hydra.dialect.responses;

import org.jspecify.annotations.NullMarked;
