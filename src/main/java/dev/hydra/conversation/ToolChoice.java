package dev.hydra.conversation;

import java.util.List;

/**
 * Whether and which tools the model must use.
 *
 * @param allowed names of the only functions it may call; empty = all of them
 */
public record ToolChoice(Mode mode, List<String> allowed) {
    /** The client did not say. */
    public static final ToolChoice UNSET = new ToolChoice(Mode.UNSET, List.of());

    /** How much freedom the model has; {@code VALIDATED} = free, but calls must fit their schema (Gemini, Copilot CLI). */
    public enum Mode {
        UNSET, AUTO, NONE, REQUIRED, VALIDATED
    }
}
