package dev.hydra.conversation;

import java.util.List;

/**
 * A request to a model: all that was said so far, the tools, and the wishes for the answer.
 *
 * @param system what the operator says, in order; may be empty
 * @param turns  as the client gave them; neighbours may share a role; the writer of a dialect brings them into its grammar
 */
public record Conversation(List<Part> system, List<Turn> turns, List<Tool> tools, ToolChoice toolChoice, Options options) {
}
