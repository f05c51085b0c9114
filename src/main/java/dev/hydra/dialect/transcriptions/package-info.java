/**
 * OpenAI's endpoints that turn sound into text. Decision: the sound and the task are a conversation of one turn, so they go the same path as every other
 * conversation; for forms with times the model is asked for segments by a JSON Schema, and the times are approximate.
 */
@NullMarked
package dev.hydra.dialect.transcriptions;

import org.jspecify.annotations.NullMarked;
