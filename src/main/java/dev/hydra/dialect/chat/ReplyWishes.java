package dev.hydra.dialect.chat;

import java.util.Set;

/**
 * What the client wants of the answer's form.
 *
 * @param usage         whether a stream ends with a chunk of usage
 * @param thoughts      whether the model's thoughts may be shown
 * @param legacyCall    the client declared {@code functions} and waits for {@code function_call}
 * @param rawAudio      sound as bare samples ({@code pcm16}) and not as a WAV file
 * @param customTools   names of the tools that take one free text
 */
record ReplyWishes(boolean usage, boolean thoughts, boolean legacyCall, boolean rawAudio, Set<String> customTools) {
}
