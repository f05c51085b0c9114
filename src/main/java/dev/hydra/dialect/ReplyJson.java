package dev.hydra.dialect;

import dev.hydra.wire.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;

/** Looks into a provider's messages: what is missing or of another type counts as empty, so that no provider's oddity ends a reply. */
public final class ReplyJson {
    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

    private ReplyJson() {
    }

    /** Whether the message is OpenAI's mark of the end, which is no JSON. */
    public static boolean isDone(byte[] json, int offset, int length) {
        if (length < DONE.length) {
            return false;
        }
        for (int i = 0; i < DONE.length; i++) {
            if (json[offset + i] != DONE[i]) {
                return false;
            }
        }
        return true;
    }

    /** The message. @throws ReplyReader.MalformedReply when it is no JSON object */
    public static JsonObject object(byte[] json, int offset, int length) {
        try {
            return Json.object(json, offset, length);
        } catch (JsonException notJson) {
            throw new ReplyReader.MalformedReply("the provider's reply is not a JSON object");
        }
    }

    /** A member that is an object; else the empty one. */
    public static JsonObject object(JsonObject parent, String name) {
        return parent.get(name) instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
    }

    /** A member that is an array; else the empty one. */
    public static JsonArray array(JsonObject parent, String name) {
        return parent.get(name) instanceof JsonArray array ? array : JsonValue.EMPTY_JSON_ARRAY;
    }

    /** A member that is a string; else the empty one. */
    public static String text(JsonObject parent, String name) {
        return parent.get(name) instanceof JsonString text ? text.getString() : "";
    }

    /** A member that is a number, cut to a whole one; else {@code otherwise}. */
    public static int whole(JsonObject parent, String name, int otherwise) {
        return parent.get(name) instanceof JsonNumber number ? (int) number.doubleValue() : otherwise;
    }

    /** A member that is a number; else 0. */
    public static double real(JsonObject parent, String name) {
        return parent.get(name) instanceof JsonNumber number ? number.doubleValue() : 0;
    }
}
