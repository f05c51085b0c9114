package dev.hydra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.errors.ClientException;
import com.google.genai.types.Blob;
import com.google.genai.types.Content;
import com.google.genai.types.File;
import com.google.genai.types.FinishReason;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.FunctionResponse;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.ListModelsConfig;
import com.google.genai.types.Model;
import com.google.genai.types.Part;
import com.google.genai.types.Tool;
import com.google.genai.types.UploadFileConfig;
import dev.hydra.support.RunningHydra;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official google-genai SDK against the executable WAR in demo mode. */
class GoogleGenaiJavaIT {
    private static final String MODEL = "gemini-3-flash-preview";

    @TempDir
    private static Path home;
    private static RunningHydra hydra;
    private static Client client;

    @BeforeAll
    static void start() {
        hydra = RunningHydra.start(home, Map.of(), "--demo");
        client = Client.builder().apiKey("sk-hydra-local").httpOptions(HttpOptions.builder().baseUrl(hydra.url().toString()).build())
                .build();
    }

    @AfterAll
    static void stop() {
        client.close();
        hydra.close();
    }

    @Test
    void aWholeAnswer() {
        GenerateContentResponse reply = client.models.generateContent(MODEL, "Say hello", null);

        assertThat(reply.text()).isNotBlank();
        assertThat(reply.finishReason().knownEnum()).isEqualTo(FinishReason.Known.STOP);
    }

    @Test
    void aStreamedAnswer() {
        StringBuilder text = new StringBuilder();
        try (ResponseStream<GenerateContentResponse> stream = client.models.generateContentStream(MODEL, "Say hello", null)) {
            for (GenerateContentResponse chunk : stream) {
                text.append(chunk.text() == null ? "" : chunk.text());
            }
        }

        assertThat(text).isNotBlank();
    }

    private static FunctionDeclaration tells(String what) {
        return FunctionDeclaration.builder().name("get_" + what).description("Tells the " + what + " of a city")
                .parametersJsonSchema(Map.of("type", "object", "properties", Map.of("city", Map.of("type", "string")))).build();
    }

    @Test
    void parallelTools() {
        GenerateContentConfig config = GenerateContentConfig.builder()
                .tools(Tool.builder().functionDeclarations(tells("weather"), tells("time")).build()).build();
        List<Content> said = new ArrayList<>(List.of(Content.fromParts(Part.fromText("Tell weather and time in Oslo"))));

        GenerateContentResponse asked = client.models.generateContent(MODEL, said, config);

        assertThat(asked.functionCalls()).extracting(call -> call.name().orElseThrow()).containsExactlyInAnyOrder("get_weather",
                "get_time");
        said.add(asked.candidates().orElseThrow().getFirst().content().orElseThrow());
        List<Part> results = new ArrayList<>();
        for (FunctionCall call : asked.functionCalls()) {
            String name = call.name().orElseThrow();
            results.add(Part.builder().functionResponse(FunctionResponse.builder().id(call.id().orElse("")).name(name)
                    .response(Map.of("output", name + " of 7")).build()).build());
        }
        said.add(Content.builder().role("user").parts(results).build());
        assertThat(client.models.generateContent(MODEL, said, config).text()).contains("get_weather of 7", "get_time of 7");
    }

    @Test
    void structuredOutput() {
        GenerateContentConfig config = GenerateContentConfig.builder().responseMimeType("application/json")
                .responseJsonSchema(Map.of("type", "object", "properties",
                        Map.of("name", Map.of("type", "string"), "age", Map.of("type", "integer")), "required", List.of("name", "age")))
                .build();

        JsonObject made = Json.object(client.models.generateContent(MODEL, "I met Ada, 36", config).text());

        assertThat(made.getString("name")).isEqualTo("Ada");
        assertThat(made.getInt("age")).isEqualTo(36);
    }

    @Test
    void images() {
        GenerateContentResponse reply = client.models.generateContent("gemini-2.5-flash-image", "A boat",
                GenerateContentConfig.builder().responseModalities("IMAGE").build());

        Blob image = reply.parts().getFirst().inlineData().orElseThrow();
        assertThat(image.mimeType()).contains("image/png");
        assertThat(image.data().orElseThrow()).startsWith(0x89, 'P', 'N', 'G');
    }

    @Test
    void aToolCallAndItsResult() {
        GenerateContentConfig config = GenerateContentConfig.builder()
                .tools(Tool.builder().functionDeclarations(tells("weather")).build()).build();
        List<Content> said = new ArrayList<>(List.of(Content.fromParts(Part.fromText("What is the weather in Oslo?"))));

        GenerateContentResponse asked = client.models.generateContent(MODEL, said, config);

        assertThat(asked.functionCalls()).isNotEmpty();
        FunctionCall call = asked.functionCalls().getFirst();
        assertThat(call.name()).contains("get_weather");
        said.add(asked.candidates().orElseThrow().getFirst().content().orElseThrow());
        said.add(Content.builder().role("user").parts(Part.builder().functionResponse(FunctionResponse.builder().id(call.id().orElse(""))
                .name("get_weather").response(Map.of("output", Map.of("celsius", -3))).build()).build()).build());
        assertThat(client.models.generateContent(MODEL, said, config).text()).contains("-3");
    }

    @Test
    void modelsEmbeddingsAndFiles() {
        List<String> names = new ArrayList<>();
        for (Model model : client.models.list(ListModelsConfig.builder().pageSize(4).build())) {
            names.add(model.name().orElseThrow());
        }
        assertThat(names).doesNotHaveDuplicates().contains("models/" + MODEL);
        assertThat(client.models.embedContent("gemini-embedding-001", "Hello", null).embeddings().orElseThrow()).isNotEmpty();

        File file = client.files.upload("Hello, file!".getBytes(StandardCharsets.UTF_8),
                UploadFileConfig.builder().mimeType("text/plain").build());

        assertThat(client.files.get(file.name().orElseThrow(), null).sizeBytes()).contains(12L);
        client.files.delete(file.name().orElseThrow(), null);
        assertThatThrownBy(() -> client.files.get(file.name().orElseThrow(), null)).isInstanceOf(ClientException.class);
    }

    @Test
    void anUnknownModelIsNotFound() {
        assertThatThrownBy(() -> client.models.generateContent("no-such-model", "Hello", null)).isInstanceOf(ClientException.class)
                .hasMessageContaining("404");
    }
}
