/**
 * Anthropic Messages (spec mapping §6): the client's side, which turns requests into a conversation and reply events into a message or its
 * stream of events, and the provider's side, which does the reverse.
 *
 * <p>Every signature that a provider gave travels in the {@code signature} of a thinking block, the one opaque field that every client gives back,
 * behind a mark that names its origin ({@code Carrier}); so nobody's signature reaches another provider. Writing has one understanding
 * of the events ({@code MessagesReply}) and two outputs, so a whole answer and a stream cannot drift apart.
 */
@NullMarked
package dev.hydra.dialect.messages;

import org.jspecify.annotations.NullMarked;
