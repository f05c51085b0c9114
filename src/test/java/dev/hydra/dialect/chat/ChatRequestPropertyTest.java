package dev.hydra.dialect.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.dialect.InvalidRequest;
import dev.hydra.wire.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class ChatRequestPropertyTest {
    /** Every field that the reader looks at, anywhere. */
    private static final String[] NAMES = {"model", "messages", "role", "content", "name", "tool_calls", "tool_call_id", "function_call",
        "id", "type",
        "function", "arguments", "custom", "input", "refusal", "audio", "transcript", "images", "reasoning_content", "reasoning_details",
        "data", "format",
        "extra_content", "google", "thought_signature", "parts", "text", "image_url", "url", "detail", "input_audio", "video_url", "file",
        "file_data",
        "file_id", "filename", "video_metadata", "tools", "parameters", "strict", "description", "google_search", "url_context",
        "web_search_options",
        "plugins", "tool_choice", "allowed_tools", "mode", "functions", "temperature", "top_k", "seed", "max_tokens", "n", "stop",
        "response_format",
        "json_schema", "schema", "logprobs", "top_logprobs", "modalities", "voice", "image_config", "service_tier", "reasoning_effort",
        "thinking",
        "budget_tokens", "reasoning", "effort", "exclude", "enabled", "extra_body", "thinking_config", "generation_config",
        "stream_options",
        "include_usage", "parallel_tool_calls", "include_reasoning", "cache_control"};
    private static final String[] WORDS = {"", "user", "assistant", "tool", "system", "text", "image_url", "file", "function", "custom",
        "auto", "web_search",
        "allowed_tools", "json_schema", "enabled", "high", "data:image/png;base64,AAAA", "https://example.org/x", "{\"a\":1}", "files/x"};

    private static Arbitrary<JsonValue> json(int depth) {
        Arbitrary<JsonValue> plain = Arbitraries.oneOf(Arbitraries.of(WORDS).map(Json::string), Arbitraries.integers()
                .map(number -> Json.value("" + number)),
                Arbitraries.of(JsonValue.NULL, JsonValue.TRUE, JsonValue.FALSE, Json.value("1.5"), Json.value("-1e300")));
        if (depth == 0) {
            return plain;
        }
        Arbitrary<JsonValue> array = json(depth - 1).list().ofMaxSize(3).map(ChatRequestPropertyTest::array);
        return Arbitraries.frequencyOf(Tuple.of(3, plain), Tuple.of(3, object(depth - 1).map(value -> (JsonValue) value)),
                Tuple.of(2, array));
    }

    private static Arbitrary<JsonObject> object(int depth) {
        return Combinators.combine(Arbitraries.of(NAMES), json(depth)).as(Tuple::of).list().ofMaxSize(5).map(members -> {
            JsonObjectBuilder builder = Json.objectBuilder();
            members.forEach(member -> builder.add(member.get1(), member.get2()));
            return builder.build();
        });
    }

    private static JsonValue array(List<JsonValue> items) {
        JsonArrayBuilder builder = Json.arrayBuilder();
        items.forEach(builder::add);
        return builder.build();
    }

    @Provide
    Arbitrary<JsonObject> bodies() {
        Arbitrary<JsonObject> messages = Combinators.combine(Arbitraries.of("user", "assistant", "tool", "system", "function"), object(3))
                .as((role, rest) -> Json.objectBuilder(rest).add("role", role).build());
        return Combinators.combine(object(3), messages.list().ofMinSize(1).ofMaxSize(3), object(3).list().ofMaxSize(2))
                .as((rest, said, tools) -> {
                    JsonObjectBuilder body = Json.objectBuilder(rest).add("messages", array(List.copyOf(said)));
                    return (tools.isEmpty() ? body : body.add("tools", array(List.copyOf(tools)))).build();
                });
    }

    @Property(tries = 1500, edgeCases = EdgeCasesMode.NONE)
    void anyBodyIsReadOrRefusedWithThePathOfAField(@ForAll("bodies") JsonObject body) {
        try {
            assertThat(new ChatDialect().read(body.toString().getBytes(StandardCharsets.UTF_8)).conversation()).isNotNull();
        } catch (InvalidRequest refused) {
            assertThat(refused.field()).isNotEmpty();
            assertThat(refused.getMessage()).startsWith("'" + refused.field() + "' ");
        }
    }
}
