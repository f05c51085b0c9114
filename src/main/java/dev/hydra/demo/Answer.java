package dev.hydra.demo;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One candidate of a reply before it is written.
 *
 * @param pieces         parts in order, as fine as a stream sends them
 * @param finishReason   as on the wire
 * @param finishMessage  empty for none
 * @param thoughtTokens  tokens spent on thinking
 * @param signature      closes a text answer of the newest models
 */
record Answer(List<Piece> pieces, String finishReason, String finishMessage, int thoughtTokens, Optional<String> signature) {

    /** A part of the answer, or of a text that comes in several events. */
    sealed interface Piece {
        int tokens();
    }

    /** A summary of thoughts; not counted, since usage counts the thoughts themselves. */
    record Thought(String text) implements Piece {
        @Override
        public int tokens() {
            return 0;
        }
    }

    /** Visible text. */
    record Text(String text, int tokens) implements Piece {
    }

    /** A function call; id and signature where the model gives them. */
    record Call(String name, JsonObject args, Optional<String> id, Optional<String> signature, int tokens) implements Piece {
    }

    /** A picture or sound that the model made: media type, and bytes in Base64. */
    record Made(String mimeType, String data, int tokens) implements Piece {
    }

    /** What usageMetadata reports of the input: tokens by modality. */
    record Input(Map<String, Integer> modalities, int total) {
    }

    int tokens() {
        int sum = 0;
        for (Piece piece : pieces) {
            sum += piece.tokens();
        }
        return sum;
    }
}
