package dev.hydra.demo;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Replies with status 200 that carry no proper answer (spec mapping §2.1, §2.2). */
public enum Oddity implements Fault {
    /** Neither candidates nor promptFeedback. */
    NO_CANDIDATES,
    /** A candidate that stops without parts. */
    NO_PARTS,
    /** promptFeedback with blockReason SAFETY and no candidates. */
    BLOCKED_PROMPT,
    /** promptFeedback with blockReason PROHIBITED_CONTENT and no candidates. */
    PROHIBITED_PROMPT,
    /** finishReason MALFORMED_FUNCTION_CALL without content. */
    MALFORMED_FUNCTION_CALL,
    /** finishReason UNEXPECTED_TOOL_CALL without content. */
    UNEXPECTED_TOOL_CALL,
    /** Text, then the proper end of the reply, but no finishReason anywhere. */
    NO_FINISH_REASON,
    /** Text, then finishReason SAFETY. */
    SAFETY,
    /** finishReason RECITATION without content. */
    RECITATION,
    /** Everything went into thoughts: MAX_TOKENS, no content, no candidatesTokenCount. */
    ALL_THOUGHT,
    /** Text with a finish reason that no list knows. */
    UNKNOWN_FINISH_REASON,
    /** Text with bytes that are not UTF-8. */
    INVALID_UTF8,
    /** An event that is not JSON. */
    NOT_JSON,
    /** JSON that ends too early. */
    TRUNCATED_JSON;

    private static final String USAGE = "\"usageMetadata\":{\"promptTokenCount\":8,\"totalTokenCount\":8}";

    /** The payloads, one per event; exactly one when the reply is not streamed. */
    List<byte[]> payloads(String model, boolean streamed) {
        return switch (this) {
            case NO_CANDIDATES -> one(USAGE, model);
            case NO_PARTS -> one("\"candidates\":[{\"content\":{\"role\":\"model\"},\"finishReason\":\"STOP\",\"index\":0}]," + USAGE,
                    model);
            case BLOCKED_PROMPT -> one("\"promptFeedback\":{\"blockReason\":\"SAFETY\",\"safetyRatings\":[{\"category\":"
                    + "\"HARM_CATEGORY_HATE_SPEECH\",\"probability\":\"HIGH\"}]}," + USAGE, model);
            case PROHIBITED_PROMPT -> one("\"promptFeedback\":{\"blockReason\":\"PROHIBITED_CONTENT\"}," + USAGE, model);
            case MALFORMED_FUNCTION_CALL -> one("\"candidates\":[{\"finishReason\":\"MALFORMED_FUNCTION_CALL\",\"finishMessage\":"
                    + "\"Malformed function call: print(default_api.get_weather(\",\"index\":0}]," + USAGE, model);
            case UNEXPECTED_TOOL_CALL -> one("\"candidates\":[{\"finishReason\":\"UNEXPECTED_TOOL_CALL\",\"index\":0}]," + USAGE, model);
            case NO_FINISH_REASON -> textThen("", model, streamed);
            case SAFETY -> textThen(",\"finishReason\":\"SAFETY\"", model, streamed);
            case RECITATION -> one("\"candidates\":[{\"finishReason\":\"RECITATION\",\"index\":0}]," + USAGE, model);
            case ALL_THOUGHT -> one("\"candidates\":[{\"content\":{\"role\":\"model\"},\"finishReason\":\"MAX_TOKENS\",\"index\":0}],"
                    + "\"usageMetadata\":{\"promptTokenCount\":8,\"thoughtsTokenCount\":60,\"totalTokenCount\":68}", model);
            case UNKNOWN_FINISH_REASON -> textThen(",\"finishReason\":\"FINISHED_ANOTHER_WAY\"", model, streamed);
            case INVALID_UTF8 -> List.of(withBrokenBytes("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"bro#ken\"}],"
                    + "\"role\":\"model\"},\"finishReason\":\"STOP\",\"index\":0}]," + USAGE + ",\"modelVersion\":\"" + model + "\"}"));
            case NOT_JSON -> List.of(bytes("<html>not json</html>"));
            case TRUNCATED_JSON -> List.of(bytes("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hel"));
        };
    }

    private static List<byte[]> one(String inner, String model) {
        return List.of(bytes("{" + inner + ",\"modelVersion\":\"" + model + "\",\"responseId\":\"odd\"}"));
    }

    private static List<byte[]> textThen(String finish, String model, boolean streamed) {
        String text = "\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Well, \"}],\"role\":\"model\"}";
        String end = finish + ",\"index\":0}]," + USAGE;
        if (!streamed) {
            return one(text + end, model);
        }
        byte[] last = one("\"candidates\":[{\"content\":{\"role\":\"model\"}" + end, model).getFirst();
        return List.of(one(text + ",\"index\":0}]", model).getFirst(), last);
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] withBrokenBytes(String json) {
        byte[] bytes = bytes(json.replace("#", "\u00e9"));
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] < 0) {
                // The second byte of the pair becomes an ASCII letter: a lead byte without its continuation.
                bytes[i + 1] = '(';
                return bytes;
            }
        }
        throw new IllegalStateException("no byte to break");
    }
}
