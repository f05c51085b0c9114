package dev.hydra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.demo.Fault;
import dev.hydra.support.FakeGemini;
import dev.hydra.support.Http;
import dev.hydra.support.RunningHydra;
import dev.hydra.wire.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Embeddings, pictures, sound and legacy completions of the executable WAR before a simulated Gemini. */
class OtherEndpointsIT {
    private static final String DRAWS = "\"model\":\"gemini-3-pro-image-preview\"";

    @TempDir
    private static Path home;
    private static FakeGemini gemini;
    private static RunningHydra hydra;

    @BeforeAll
    static void start() {
        gemini = FakeGemini.start();
        hydra = RunningHydra.start(home, Map.of("HYDRA_GEMINI_URL", gemini.url().toString(), "GEMINI_API_KEYS", "k1,k2"));
    }

    @BeforeEach
    void forgetEarlierRequests() {
        gemini.requests();
    }

    @AfterAll
    static void stop() {
        hydra.close();
        gemini.close();
    }

    private URI at(String path) {
        return hydra.url().resolve("/v1/" + path);
    }

    private static Fault part(String part) {
        return FakeGemini.events("{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[" + part
                + "]},\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":4,\"candidatesTokenCount\":6,\"totalTokenCount\":10}}");
    }

    private static Fault inline(String type, String text) {
        String data = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
        return part("{\"inlineData\":{\"mimeType\":\"" + type + "\",\"data\":\"" + data + "\"}}");
    }

    @Test
    void severalPicturesAreSeveralAnswersInOneList() {
        gemini.enqueue(inline("image/png", "one"), inline("image/png", "two"), FakeGemini.overloaded(), inline("image/png", "three"));

        HttpResponse<String> answer = Http.post(at("images/generations"),
                "{" + DRAWS + ",\"prompt\":\"A boat\",\"n\":3,\"size\":\"1792x1024\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonObject body = Json.object(answer.body());
        JsonArray data = body.getJsonArray("data");
        assertThat(data).extracting(picture -> new String(Base64.getDecoder().decode(picture.asJsonObject().getString("b64_json")),
                StandardCharsets.US_ASCII)).containsExactlyInAnyOrder("one", "two", "three");
        assertThat(body.getJsonObject("usage").getInt("total_tokens")).isEqualTo(30);
        assertThat(gemini.takeRequest().text()).contains("\"aspectRatio\":\"16:9\"");
    }

    @Test
    void anAddressOfAPictureNeedsNoTokenAndCannotBeMadeUp() {
        gemini.enqueue(inline("image/png", "boat"), inline("image/svg+xml", "<svg/>"));

        HttpResponse<String> answer = Http.post(at("images/generations"),
                "{" + DRAWS + ",\"prompt\":\"A boat\",\"response_format\":\"url\"}");
        HttpResponse<String> active = Http.post(at("images/generations"),
                "{" + DRAWS + ",\"prompt\":\"A boat\",\"response_format\":\"url\"}");

        URI address = address(answer);
        assertThat(address.toString()).startsWith(hydra.url() + "/v1/images/kept/");
        HttpResponse<String> picture = Http.get(address);
        assertThat(picture.body()).isEqualTo("boat");
        assertThat(picture.headers().firstValue("content-type")).hasValue("image/png");
        assertThat(picture.headers().firstValue("x-content-type-options")).hasValue("nosniff");
        assertThat(Http.get(address(active)).headers().firstValue("content-type")).hasValue("application/octet-stream");
        assertThat(Http.get(URI.create(address + "x")).statusCode()).isEqualTo(404);
        assertThat(Http.get(URI.create(address.toString().replace("kept/", "kept/A"))).statusCode()).isEqualTo(404);
        assertThat(Http.post(address, "{}").statusCode()).isEqualTo(405);
    }

    private static URI address(HttpResponse<String> answer) {
        return URI.create(Json.object(answer.body()).getJsonArray("data").getJsonObject(0).getString("url"));
    }

    @Test
    void aModelThatDeclinesIsARefusalWithItsWords() {
        gemini.enqueue(part("{\"text\":\"I will not draw this.\"}"));

        HttpResponse<String> answer = Http.post(at("images/generations"), "{" + DRAWS + ",\"prompt\":\"A boat\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        JsonObject error = Json.object(answer.body()).getJsonObject("error");
        assertThat(error.getString("message")).isEqualTo("I will not draw this.");
        assertThat(error.getString("code")).isEqualTo("content_policy_violation");
    }

    @Test
    void aTextIsSpoken() {
        gemini.enqueue(inline("audio/L16;codec=pcm;rate=24000", "samples!"));

        HttpResponse<String> answer = Http.post(at("audio/speech"),
                "{\"model\":\"gemini-2.5-flash-preview-tts\",\"input\":\"Hello\",\"voice\":\"alloy\",\"response_format\":\"wav\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("audio/wav");
        assertThat(answer.body()).startsWith("RIFF").endsWith("samples!");
        assertThat(gemini.takeRequest().text()).contains("\"voiceName\":\"Kore\"", "\"AUDIO\"");
    }

    @Test
    void aRecordingIsWrittenDown() {
        gemini.enqueue(part("{\"text\":\"Hello there.\"}"));
        String form = "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\ngemini-2.5-flash\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.mp3\"\r\n\r\nID3sound\r\n--b--\r\n";

        HttpResponse<String> answer = Http.post(at("audio/transcriptions"), form, "Content-Type", "multipart/form-data; boundary=b");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Json.object(answer.body()).getString("text")).isEqualTo("Hello there.");
        assertThat(gemini.takeRequest().text()).contains("audio/mp3",
                Base64.getEncoder().encodeToString("ID3sound".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void aTextIsGoneOnWith() {
        gemini.enqueue(FakeGemini.says(" upon", " a time"));

        HttpResponse<String> answer = Http.post(at("completions"), "{\"model\":\"gemini-2.5-flash\",\"prompt\":\"Once\",\"stream\":true}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"text\":\" upon\"", "\"text\":\" a time\"").endsWith("data: [DONE]\n\n");
    }

    @Test
    void severalTextsAreGoneOnWithInTheirOrder() {
        HttpResponse<String> answer = Http.post(at("completions"),
                "{\"model\":\"gemini-2.5-flash\",\"prompt\":[\"Once\",\"Twice\"],\"n\":2}");

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonObject body = Json.object(answer.body());
        assertThat(body.getJsonArray("choices")).extracting(choice -> choice.asJsonObject().getInt("index")).containsExactly(0, 1, 2, 3);
        assertThat(body.getJsonArray("choices").getJsonObject(1).getString("text")).contains("You said: Once");
        assertThat(body.getJsonArray("choices").getJsonObject(2).getString("text")).contains("You said: Twice");
        assertThat(gemini.requests()).hasSize(2);
        gemini.enqueue(FakeGemini.json(400, "{\"error\":{\"code\":400,\"message\":\"No.\",\"status\":\"INVALID_ARGUMENT\"}}"));
        assertThat(Http.post(at("completions"), "{\"model\":\"gemini-2.5-flash\",\"prompt\":[\"a\",\"b\"]}").statusCode()).isEqualTo(400);
    }

    @Test
    void aTextBecomesAVector() {
        HttpResponse<String> answer = Http.post(at("embeddings"),
                "{\"model\":\"gemini-embedding-001\",\"input\":\"Hello\",\"dimensions\":8}");

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonObject body = Json.object(answer.body());
        assertThat(body.getString("model")).isEqualTo("gemini-embedding-001");
        JsonArray vector = body.getJsonArray("data").getJsonObject(0).getJsonArray("embedding");
        double square = vector.stream().mapToDouble(value -> Math.pow(((JsonNumber) value).doubleValue(), 2)).sum();
        assertThat(vector).hasSize(8);
        assertThat(square).isCloseTo(1, Offset.offset(1e-4));
        assertThat(body.getJsonObject("usage").getInt("prompt_tokens")).isPositive();
        assertThat(gemini.takeRequest().text()).contains("\"outputDimensionality\":8");
    }

    @Test
    void manyTextsAreAskedForInBatchesAndKeepTheirOrder() {
        StringJoiner texts = new StringJoiner("\",\"", "[\"", "\"]");
        IntStream.range(0, 150).forEach(i -> texts.add("text " + i));
        String some = "{\"model\":\"gemini-embedding-001\",\"encoding_format\":\"base64\",\"input\":";

        JsonArray all = Json.object(Http.post(at("embeddings"), some + texts + "}").body()).getJsonArray("data");
        JsonArray last = Json.object(Http.post(at("embeddings"), some + "\"text 149\"}").body()).getJsonArray("data");

        assertThat(all).hasSize(150);
        assertThat(all.getJsonObject(149).getString("embedding")).isEqualTo(last.getJsonObject(0).getString("embedding"))
                .isNotEqualTo(all.getJsonObject(148).getString("embedding"));
        assertThat(gemini.requests()).hasSize(3);
    }

    @Test
    void aBatchThatFailsFailsTheWholeInOpenAisShape() {
        HttpResponse<String> answer = Http.post(at("embeddings"), "{\"model\":\"no-such-model\",\"input\":[\"a\",\"b\"]}");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(Json.object(answer.body()).getJsonObject("error").getString("code")).isEqualTo("model_not_found");
        assertThat(Http.post(at("embeddings"), "{\"model\":\"gemini-embedding-001\",\"input\":[[1,2]]}").body()).contains("'input[0]'");
    }
}
