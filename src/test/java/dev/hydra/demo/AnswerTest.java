package dev.hydra.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.wire.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnswerTest {
    private static final String WEATHER = "\"tools\":[{\"functionDeclarations\":[{\"name\":\"get_weather\",\"description\":\"Weather of a"
            + " place\",\"parameters\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"},\"unit\":{\"type\":\"string\","
            + "\"enum\":[\"celsius\",\"fahrenheit\"]},\"days\":{\"type\":\"integer\",\"minimum\":1}},\"required\":[\"city\"]}}]}]";
    private final SimulatedGemini api = SimulatedGemini.builder().anyKey(Quota.UNLIMITED).start();
    private final Client client = new Client(api, "key");

    @AfterEach
    void close() {
        api.close();
    }

    private static String with(String text, String more) {
        String user = Client.user(text);
        return user.substring(0, user.length() - 1) + "," + more + "}";
    }

    private static void usageAddsUp(JsonObject response) {
        JsonObject usage = response.getJsonObject("usageMetadata");
        assertThat(usage.getInt("totalTokenCount")).isEqualTo(usage.getInt("promptTokenCount") + usage.getInt("candidatesTokenCount", 0)
                + usage.getInt("thoughtsTokenCount", 0));
    }

    @Test
    void talksAboutWhatWasSaid() throws Exception {
        JsonObject response = client.answer("gemini-2.5-flash", Client.user("Grüße \"quoted\" \n 🐉"));
        assertThat(Client.text(response)).contains("simulated Gemini").endsWith("You said: Grüße \"quoted\" \n 🐉");
        assertThat(Client.candidate(response).getString("finishReason")).isEqualTo("STOP");
        assertThat(response.getString("modelVersion")).isEqualTo("gemini-2.5-flash");
        assertThat(response.getString("responseId")).hasSize(22);
        assertThat(response.getJsonObject("usageMetadata").getInt("thoughtsTokenCount")).isPositive();
        usageAddsUp(response);
    }

    @Test
    void streamsTheSameTextInSeveralEventsWithOneFinishReason() throws Exception {
        HttpResponse<String> response = client.stream("gemini-2.5-flash", Client.user("Tell me about dragons"));
        assertThat(response.headers().firstValue("content-type")).contains("text/event-stream");
        assertThat(response.body()).endsWith("}\r\n\r\n").doesNotContain("[DONE]");
        List<JsonObject> events = Client.events(response.body());
        String whole = Client.text(client.answer("gemini-2.5-flash", Client.user("Tell me about dragons")));
        assertThat(events).hasSizeGreaterThan(2);
        assertThat(String.join("", events.stream().map(Client::text).toList())).isEqualTo(whole);
        assertThat(events).filteredOn(event -> Client.candidate(event).containsKey("finishReason")).hasSize(1);
        assertThat(events.stream().map(event -> event.getString("responseId")).distinct()).hasSize(1);
        events.forEach(AnswerTest::usageAddsUp);
    }

    @Test
    void streamsAJsonArrayWithoutAltSse() throws Exception {
        HttpResponse<String> response = client.post("/v1beta/models/gemini-2.5-flash:streamGenerateContent", Client.user("Hello"));
        assertThat(response.headers().firstValue("content-type")).contains("application/json; charset=UTF-8");
        JsonArray events = (JsonArray) Json.value(response.body());
        assertThat(events).hasSizeGreaterThan(1);
        assertThat(Client.candidate(events.getJsonObject(events.size() - 1)).getString("finishReason")).isEqualTo("STOP");
    }

    @Test
    void newestModelsEndTheStreamWithASignatureOnAnEmptyText() throws Exception {
        List<JsonObject> events = Client.events(client.stream("gemini-3-flash-preview", Client.user("Hello")).body());
        JsonObject last = Client.parts(events.getLast()).getFirst();
        assertThat(last.getString("text")).isEmpty();
        assertThat(Signature.isValid(last.getString("thoughtSignature"))).isTrue();
        assertThat(Client.candidate(events.getLast()).getString("finishReason")).isEqualTo("STOP");
    }

    @Test
    void showsThoughtsOnlyWhenAsked() throws Exception {
        String ask = with("Hello", "\"generationConfig\":{\"thinkingConfig\":{\"includeThoughts\":true}}");
        JsonObject first = Client.parts(client.answer("gemini-3.8-flash", ask)).getFirst();
        assertThat(first.getBoolean("thought")).isTrue();
        assertThat(client.generate("gemini-3.8-flash", Client.user("Hello")).body()).doesNotContain("\"thought\":true");
        String off = with("Hello", "\"generationConfig\":{\"thinkingConfig\":{\"includeThoughts\":true,\"thinkingBudget\":0}}");
        assertThat(client.generate("gemini-2.5-flash", off).body()).doesNotContain("\"thought\":true").doesNotContain("thoughtsTokenCount");
    }

    @Test
    void callsTheFunctionThatThePromptAsksFor() throws Exception {
        String ask = with("What is the weather in Paris for 3 days, in celsius?", WEATHER);
        JsonObject response = client.answer("gemini-3.1-pro-preview", ask);
        JsonObject part = Client.parts(response).getFirst();
        JsonObject call = part.getJsonObject("functionCall");
        assertThat(call.getString("name")).isEqualTo("get_weather");
        assertThat(call.getString("id")).hasSize(8);
        assertThat(call.getJsonObject("args")).isEqualTo(Json.object("{\"city\":\"Paris\",\"unit\":\"celsius\",\"days\":3}"));
        assertThat(Signature.isValid(part.getString("thoughtSignature"))).isTrue();
        assertThat(Client.candidate(response).getString("finishReason")).isEqualTo("STOP");
        usageAddsUp(response);
    }

    @Test
    void callsNothingUnaskedOrForbiddenAndAnythingWhenForced() throws Exception {
        assertThat(client.generate("gemini-2.5-flash", with("Hello there", WEATHER)).body()).doesNotContain("functionCall");
        String none = ",\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"NONE\"}}";
        assertThat(client.generate("gemini-2.5-flash", with("weather?", WEATHER + none)).body()).doesNotContain("functionCall");
        String any = ",\"tool_config\":{\"function_calling_config\":{\"mode\":\"any\",\"allowed_function_names\":[\"get_weather\"]}}";
        JsonObject forced = client.answer("gemini-2.5-flash", with("Hello there", WEATHER + any));
        assertThat(Client.parts(forced).getFirst().getJsonObject("functionCall").containsKey("id")).isFalse();
    }

    @Test
    void callsSeveralFunctionsInParallelAndSignsTheFirstAlone() throws Exception {
        String tools = "\"tools\":[{\"functionDeclarations\":[{\"name\":\"add\",\"parametersJsonSchema\":{\"type\":\"object\","
                + "\"properties\":{\"a\":{\"type\":\"number\"},\"b\":{\"type\":\"number\"}}}},"
                + "{\"name\":\"multiply\",\"parametersJsonSchema\":{\"type\":"
                + "\"object\",\"properties\":{\"a\":{\"type\":\"number\"},\"b\":{\"type\":\"number\"}}}}]}]";
        List<JsonObject> events = Client.events(client.stream("gemini-3-flash-preview", with("Add and multiply 2 and 3", tools)).body());
        List<JsonObject> calls = events.stream().flatMap(event -> Client.parts(event).stream())
                .filter(part -> part.containsKey("functionCall")).toList();
        assertThat(calls).hasSize(2);
        assertThat(calls.get(0).getJsonObject("functionCall").getJsonObject("args")).isEqualTo(Json.object("{\"a\":2,\"b\":3}"));
        assertThat(calls.get(0).containsKey("thoughtSignature")).isTrue();
        assertThat(calls.get(1).containsKey("thoughtSignature")).isFalse();
        assertThat(calls.get(0).getJsonObject("functionCall").getString("id"))
                .isNotEqualTo(calls.get(1).getJsonObject("functionCall").getString("id"));
    }

    @Test
    void usesTheResultOfACall() throws Exception {
        JsonObject first = Client.candidate(client.answer("gemini-3-flash-preview", with("weather in Rome", WEATHER)));
        String result = "{\"role\":\"user\",\"parts\":[{\"functionResponse\":{\"name\":\"get_weather\",\"response\":"
                + "{\"output\":\"sunny\"}}}]}";
        String second = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"weather in Rome\"}]}," + first.getJsonObject("content")
                + "," + result + "]," + WEATHER + "}";
        assertThat(Client.text(client.answer("gemini-3-flash-preview", second))).contains("get_weather returned: sunny");
    }

    @Test
    void answersJsonByTheSchema() throws Exception {
        String schema = "\"generationConfig\":{\"responseMimeType\":\"application/json\",\"responseJsonSchema\":{\"type\":\"object\","
                + "\"properties\":{\"name\":{\"type\":\"string\"},\"ages\":{\"type\":\"array\",\"items\":"
                + "{\"type\":\"integer\"},\"minItems\":2}},"
                + "\"required\":[\"name\",\"ages\"]}}";
        List<JsonObject> events = Client.events(client.stream("gemini-2.5-pro", with("I met Ada, 36 and Bob, 40", schema)).body());
        JsonObject made = Json.object(String.join("", events.stream().map(Client::text).toList()));
        assertThat(made).isEqualTo(Json.object("{\"name\":\"Ada\",\"ages\":[36,40]}"));
        JsonObject free = client.answer("gemini-2.5-pro", with("Hi", "\"generationConfig\":{\"responseMimeType\":\"application/json\"}"));
        assertThat(Json.object(Client.text(free)).getString("you_said")).isEqualTo("Hi");
    }

    @Test
    void honoursMaxOutputTokensWithThoughtsInside() throws Exception {
        JsonObject small = client.answer("gemini-2.5-pro", with("Tell me a long story", "\"generationConfig\":{\"maxOutputTokens\":12}"));
        JsonObject usage = small.getJsonObject("usageMetadata");
        assertThat(Client.candidate(small).getString("finishReason")).isEqualTo("MAX_TOKENS");
        assertThat(usage.getInt("candidatesTokenCount") + usage.getInt("thoughtsTokenCount")).isEqualTo(12);
        assertThat(Client.text(small)).isNotEmpty();
        usageAddsUp(small);
    }

    @Test
    void honoursStopSequencesAndCandidateCount() throws Exception {
        JsonObject stopped = client.answer("gemini-2.5-flash", with("x", "\"generationConfig\":{\"stopSequences\":[\"network\"]}"));
        assertThat(Client.text(stopped)).endsWith("no ").doesNotContain("network");
        String three = with("x", "\"generationConfig\":{\"candidateCount\":3}");
        JsonObject several = client.answer("gemini-2.5-flash", three);
        assertThat(several.getJsonArray("candidates")).hasSize(3);
        assertThat(several.getJsonArray("candidates").getJsonObject(2).getInt("index")).isEqualTo(2);
        List<JsonObject> events = Client.events(client.stream("gemini-2.5-flash", three).body());
        assertThat(events).filteredOn(event -> Client.candidate(event).containsKey("finishReason")).hasSize(3);
        assertThat(events.getLast().getJsonObject("usageMetadata").getInt("candidatesTokenCount"))
                .isEqualTo(several.getJsonObject("usageMetadata").getInt("candidatesTokenCount"));
    }

    @Test
    void noticesMediaAndCountsThem() throws Exception {
        String body = "{\"contents\":[{\"parts\":[{\"inline_data\":{\"mime_type\":\"image/png\",\"data\":\"AAAA\"}},"
                + "{\"text\":\"what?\"}]}]}";
        JsonObject response = client.answer("gemini-2.5-flash", body);
        assertThat(Client.text(response)).contains("image/png (3 bytes)");
        assertThat(response.getJsonObject("usageMetadata").getInt("promptTokenCount")).isEqualTo(260);
    }

    @Test
    void resultsInContentsOfTheirOwnAreAllSeen() throws Exception {
        String call = "{\"functionCall\":{\"name\":\"f\",\"args\":{}},\"thoughtSignature\":\"skip_thought_signature_validator\"}";
        String result = "{\"role\":\"user\",\"parts\":[{\"functionResponse\":{\"name\":\"f\",\"response\":{\"output\":\"%s\"}}}]}";
        String body = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]},{\"role\":\"model\",\"parts\":[" + call + ","
                + call + "]}," + result.formatted("one") + "," + result.formatted("two") + "]}";
        assertThat(Client.text(client.answer("gemini-3-flash-preview", body))).contains("returned: one", "returned: two");
    }

    @Test
    void fixedAnswersComeInTheChunksThatWereGiven() throws Exception {
        try (SimulatedGemini fixed = SimulatedGemini.builder().anyKey(Quota.UNLIMITED).answer(List.of("One ", "two ", "three")).start()) {
            List<JsonObject> events = Client.events(new Client(fixed, "k").stream("gemini-2.5-flash-lite", Client.user("x")).body());
            assertThat(events.stream().map(Client::text)).containsExactly("One ", "two ", "three");
        }
    }

    @Test
    void modelsThatDrawAndSpeakAnswerWithRealPicturesAndSound() throws Exception {
        JsonObject drawn = blob(client.answer("gemini-2.5-flash-image", Client.user("A boat")));
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(drawn.getString("data"))));
        assertThat(drawn.getString("mimeType")).isEqualTo("image/png");
        assertThat(picture.getWidth()).isEqualTo(64).isEqualTo(picture.getHeight());
        assertThat(blob(client.answer("gemini-2.5-flash-image", Client.user("A tree")))).isNotEqualTo(drawn);

        List<JsonObject> events = Client.events(client.stream("gemini-2.5-flash-preview-tts", Client.user("Hello")).body());
        JsonObject spoken = blob(events.getFirst());
        assertThat(spoken.getString("mimeType")).isEqualTo("audio/L16;codec=pcm;rate=24000");
        assertThat(Base64.getDecoder().decode(spoken.getString("data"))).hasSize(2 * 24_000 / 10);
        usageAddsUp(events.getLast());
    }

    private static JsonObject blob(JsonObject response) {
        return Client.candidate(response).getJsonObject("content").getJsonArray("parts").getJsonObject(0).getJsonObject("inlineData");
    }

    @Test
    void countsTokensAsItBillsThem() throws Exception {
        String body = Client.user("How many tokens am I?");
        int counted = Json.object(client.post("/v1beta/models/gemini-2.5-flash:countTokens", body).body()).getInt("totalTokens");
        assertThat(counted).isEqualTo(client.answer("gemini-2.5-flash", body).getJsonObject("usageMetadata").getInt("promptTokenCount"));
        String wrapped = "{\"generateContentRequest\":{\"model\":\"models/gemini-2.5-flash\"," + body.substring(1) + "}";
        assertThat(Json.object(client.post("/v1/models/gemini-2.5-flash:countTokens", wrapped).body()).getInt("totalTokens"))
                .isEqualTo(counted);
    }

    @Test
    void embeddingsOfTheSameTextAreTheSameAndOfLengthOne() throws Exception {
        String one = "{\"content\":{\"parts\":[{\"text\":\"red dragon\"}]},\"outputDimensionality\":8}";
        String body = client.post("/v1beta/models/gemini-embedding-001:embedContent", one).body();
        JsonArray values = Json.object(body).getJsonObject("embedding").getJsonArray("values");
        assertThat(values).hasSize(8);
        assertThat(values.stream().mapToDouble(v -> Math.pow(Double.parseDouble(v.toString()), 2)).sum()).isBetween(0.999, 1.001);
        String both = "{\"requests\":[" + one + "," + one.replace("red", "blue") + "]}";
        JsonArray batch = Json.object(client.post("/v1beta/models/gemini-embedding-001:batchEmbedContents", both).body())
                .getJsonArray("embeddings");
        assertThat(batch.getJsonObject(0).getJsonArray("values")).isEqualTo(values).isNotEqualTo(batch.getJsonObject(1).get("values"));
    }
}
