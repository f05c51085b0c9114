/**
 * OpenAI's endpoints that make and change pictures. Decision: a picture is the answer of a conversation of one turn (Gemini's picture models; Imagen is on
 * its way out, spec mapping §7.2), so it goes the same path as every other conversation.
 */
@NullMarked
package dev.hydra.dialect.images;

import org.jspecify.annotations.NullMarked;
