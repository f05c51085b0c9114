package dev.hydra.dialect.gemini;

import dev.hydra.conversation.FinishReason;
import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** Gemini's words for why an answer ended (spec mapping §2.1), as names in any case or as the numbers of {@code enum-encoding=int}. */
final class FinishReasons {
    private static final String[] BY_NUMBER = {"FINISH_REASON_UNSPECIFIED", "STOP", "MAX_TOKENS", "SAFETY", "RECITATION", "OTHER",
        "LANGUAGE", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "MALFORMED_FUNCTION_CALL", "IMAGE_SAFETY", "UNEXPECTED_TOOL_CALL",
        "TOO_MANY_TOOL_CALLS"};
    private static final String[] BLOCKS = {"", "SAFETY", "OTHER", "BLOCKLIST", "PROHIBITED_CONTENT", "IMAGE_SAFETY", "JAILBREAK"};

    private FinishReasons() {
    }

    /** The name of a {@code finishReason}; empty when none was given. */
    static String name(JsonValue reason) {
        return named(reason, BY_NUMBER);
    }

    /** The name of a {@code blockReason}; empty when the prompt was not blocked. */
    static String blockName(JsonValue reason) {
        String name = named(reason, BLOCKS);
        return name.equals("BLOCK_REASON_UNSPECIFIED") || name.equals("BLOCKED_REASON_UNSPECIFIED") ? "" : name;
    }

    static FinishReason of(String name) {
        return switch (name) {
            case "STOP" -> FinishReason.STOP;
            case "MAX_TOKENS" -> FinishReason.LENGTH;
            case "SAFETY", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "RECITATION", "IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT",
                    "IMAGE_RECITATION", "MODEL_ARMOR", "LANGUAGE", "JAILBREAK" ->
                FinishReason.FILTERED;
            case "MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "TOO_MANY_TOOL_CALLS", "MISSING_THOUGHT_SIGNATURE",
                    "MALFORMED_RESPONSE" ->
                FinishReason.MALFORMED_CALL;
            default -> FinishReason.OTHER;
        };
    }

    /** Gemini's word for another provider's end; a call is an ordinary end (spec mapping §9). */
    static String nameOf(FinishReason reason) {
        return switch (reason) {
            case STOP -> "STOP";
            case LENGTH -> "MAX_TOKENS";
            case FILTERED -> "SAFETY";
            case MALFORMED_CALL -> "MALFORMED_FUNCTION_CALL";
            case OTHER -> "OTHER";
        };
    }

    /** Gemini's word for why another provider refused the prompt: its own where it is one, else {@code SAFETY}. */
    static String blockOf(String reason) {
        return Arrays.asList(BLOCKS).contains(reason) && !reason.isEmpty() ? reason : "SAFETY";
    }

    private static String named(JsonValue reason, String[] byNumber) {
        return switch (reason) {
            case JsonString text -> text.getString().toUpperCase(Locale.ROOT);
            case JsonNumber number -> number.intValue() >= 0 && number.intValue() < byNumber.length ? byNumber[number.intValue()]
                    : "REASON_" + number;
            case null, default -> "";
        };
    }
}
