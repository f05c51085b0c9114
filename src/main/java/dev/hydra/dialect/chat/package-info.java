/**
 * OpenAI Chat Completions, the client's side: requests become a conversation, reply events become a completion or a stream of chunks.
 *
 * <p>Reading is generous: every form that a known client sends is taken, what cannot be carried is listed by its path, and only what
 * would change the meaning is refused. Writing has one understanding of the events ({@code ChatReply}) and two outputs, so a whole answer
 * and a stream cannot drift apart.
 */
@NullMarked
package dev.hydra.dialect.chat;

import org.jspecify.annotations.NullMarked;
