package dev.hydra.dialect.messages;

/**
 * What the client wants of the answer's form.
 *
 * @param thinking whether thinking blocks may be in it: without having asked, a client takes the first block for the answer
 * @param thoughts whether they are wanted with their text
 */
record ReplyWishes(boolean thinking, boolean thoughts) {
}
