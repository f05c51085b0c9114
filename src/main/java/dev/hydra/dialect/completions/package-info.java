/** OpenAI's legacy completions: a prompt is a conversation of one turn, whose answer's text is all that there is room for. */
@NullMarked
package dev.hydra.dialect.completions;

import org.jspecify.annotations.NullMarked;
