/**
 * What was said, independent of any vendor: records and sealed types only.
 *
 * <p>The shape follows Gemini's grain (turns made of parts), because Gemini is the main provider and the richest of the four wire
 * formats: every other dialect can be read into it and written from it. Nothing here imports anything else of ours.
 */
@NullMarked
package dev.hydra.conversation;

import org.jspecify.annotations.NullMarked;
