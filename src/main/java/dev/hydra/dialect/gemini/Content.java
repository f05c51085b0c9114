package dev.hydra.dialect.gemini;

import dev.hydra.conversation.Part;
import dev.hydra.conversation.Turn;
import java.util.List;
import java.util.Optional;

/** One entry of {@code contents} that keeps Gemini's turn grammar, ready to be written. */
record Content(Turn.Role role, List<Piece> pieces) {

    /** What becomes one part, or one part with the media that follow it. */
    sealed interface Piece {
    }

    /** Text, thought, medium or foreign part. @param seal signature that goes with it; empty = none */
    record Plain(Part part, String seal) implements Piece {
    }

    /** @param id as it is sent; empty = not sent @param seal signature or placeholder; empty = none */
    record Call(Part.ToolCall call, String id, String seal) implements Piece {
    }

    /** The answer to a {@link Call}. @param result empty when the client gave none */
    record Answer(Part.ToolCall call, String id, Optional<Part.ToolResult> result) implements Piece {
    }

    boolean hasCalls() {
        return pieces.stream().anyMatch(Call.class::isInstance);
    }

    boolean hasAnswers() {
        return pieces.stream().anyMatch(Answer.class::isInstance);
    }
}
