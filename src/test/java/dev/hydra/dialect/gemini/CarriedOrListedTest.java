package dev.hydra.dialect.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.ProviderRequest;
import dev.hydra.dialect.chat.ChatDialect;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What Gemini does not take is left out and listed, and very long conversations keep their order. */
class CarriedOrListedTest {
    private static ProviderRequest written(String chat) {
        ClientRequest request = new ChatDialect().read(chat.getBytes(StandardCharsets.UTF_8));
        return new GeminiDialect().write(request.conversation(), "gemini-3-flash-preview");
    }

    private static JsonObject body(ProviderRequest request) {
        return Json.object(request.body());
    }

    @Test
    void settingsOfHostedToolsThatGeminiDoesNotKnowAreListed() {
        ProviderRequest request = written("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
                + "\"tools\":[{\"google_search\":{\"dynamic_retrieval_config\":{\"mode\":\"x\"},\"time_range_filter\":{\"startTime\":\"t\"}}}]}");

        JsonObject search = body(request).getJsonArray("tools").getJsonObject(0).getJsonObject("googleSearch");
        assertThat(search.keySet()).containsExactly("timeRangeFilter");
        assertThat(request.ignored()).contains("tools.web_search.dynamicRetrievalConfig");
    }

    @Test
    void aHugeTokenLimitIsClampedAndListed() {
        ProviderRequest request = written("{\"model\":\"m\",\"max_tokens\":1048576,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");

        assertThat(body(request).getJsonObject("generationConfig").getInt("maxOutputTokens")).isLessThan(1_048_576);
        assertThat(request.ignored()).contains("max_tokens");
    }

    @Test
    void thousandsOfResultsInReverseOrderAnswerTheirCallsInOrder() {
        int count = 5_000;
        String calls = IntStream.range(0, count).mapToObj(i -> "{\"id\":\"c" + i + "\",\"type\":\"function\",\"function\":{\"name\":\"f" + i
                + "\",\"arguments\":\"{}\"}}").collect(Collectors.joining(","));
        String results = IntStream.range(0, count).map(i -> count - 1 - i)
                .mapToObj(i -> "{\"role\":\"tool\",\"tool_call_id\":\"c" + i + "\",\"content\":\"r" + i + "\"}")
                .collect(Collectors.joining(","));

        JsonObject body = body(
                written("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Go\"},{\"role\":\"assistant\",\"tool_calls\":["
                        + calls + "]}," + results + "]}"));

        assertThat(body.getJsonArray("contents").getJsonObject(2).getJsonArray("parts").stream().map(JsonValue::asJsonObject)
                .map(part -> part.getJsonObject("functionResponse").getJsonObject("response").getString("output")))
                .containsExactlyElementsOf(IntStream.range(0, count).mapToObj(i -> "r" + i).toList());
    }
}
