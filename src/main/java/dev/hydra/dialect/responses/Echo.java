package dev.hydra.dialect.responses;

import dev.hydra.wire.Json;
import dev.hydra.wire.JsonOutput;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The request's own fields, which a response tells back (spec mapping §5.2): all of OpenAI's names are there, with OpenAI's defaults. Written once, since
 * a stream sends it three times and tools can be large.
 */
final class Echo {
    private static final JsonValue ONE = Json.value("1.0");

    private final byte[] members;
    private final String serviceTier;

    /** @param body the request */
    Echo(JsonObject body) {
        this.members = members(body);
        this.serviceTier = body.getString("service_tier", "auto");
    }

    /** Comes between two other members. */
    void write(JsonOutput json) throws IOException {
        json.raw(members);
    }

    /** The tier that was asked for. */
    String serviceTier() {
        return serviceTier;
    }

    private static byte[] members(JsonObject body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try {
            bytes.write(',');
            JsonOutput json = new JsonOutput().begin(bytes);
            for (String name : new String[] {"instructions", "max_output_tokens", "max_tool_calls", "previous_response_id",
                "prompt_cache_key",
                "safety_identifier", "user"}) {
                json.name(name).value(body.getOrDefault(name, JsonValue.NULL));
            }
            json.name("metadata").value(or(body, "metadata", JsonValue.EMPTY_JSON_OBJECT));
            json.name("parallel_tool_calls").value(or(body, "parallel_tool_calls", JsonValue.TRUE));
            json.name("reasoning").beginObject();
            JsonObject reasoning = object(body, "reasoning");
            json.name("effort").value(reasoning.getOrDefault("effort", JsonValue.NULL));
            json.name("summary").value(reasoning.getOrDefault("summary", JsonValue.NULL)).endObject();
            json.name("store").value(or(body, "store", JsonValue.TRUE));
            json.name("temperature").value(or(body, "temperature", ONE)).name("top_p").value(or(body, "top_p", ONE));
            json.name("top_logprobs").value(or(body, "top_logprobs", Json.value("0")));
            json.name("text").value(text(body));
            json.name("tool_choice").value(or(body, "tool_choice", Json.string("auto")));
            json.name("tools").value(or(body, "tools", JsonValue.EMPTY_JSON_ARRAY));
            json.name("truncation").value(or(body, "truncation", Json.string("disabled")));
            json.end();
            bytes.write(',');
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static JsonObject text(JsonObject body) {
        JsonObject said = object(body, "text");
        return said.containsKey("format") ? said
                : Json.objectBuilder(said).add("format", Json.objectBuilder().add("type", "text")).build();
    }

    private static JsonObject object(JsonObject body, String name) {
        return body.get(name) instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
    }

    private static JsonValue or(JsonObject body, String name, JsonValue otherwise) {
        JsonValue said = body.getOrDefault(name, JsonValue.NULL);
        return said == JsonValue.NULL ? otherwise : said;
    }
}
