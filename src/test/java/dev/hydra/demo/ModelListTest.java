package dev.hydra.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ModelListTest {
    private final SimulatedGemini api = SimulatedGemini.demo().pace(Duration.ZERO).start();
    private final Client client = new Client(api, "demo-key-2");

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void listsTheModelsInPages() throws Exception {
        List<String> names = new ArrayList<>();
        String token = "";
        do {
            JsonObject page = Json.object(client.get("/v1beta/models?pageSize=3" + (token.isEmpty() ? "" : "&pageToken=" + token)).body());
            page.getJsonArray("models").getValuesAs(JsonObject.class).forEach(model -> names.add(model.getString("name")));
            token = page.getString("nextPageToken", "");
        } while (!token.isEmpty());
        assertThat(names).hasSize(SimulatedModel.DEMO.size()).doesNotHaveDuplicates().contains("models/gemini-2.5-pro");
    }

    @Test
    void refusesAForeignPageToken() throws Exception {
        assertThat(client.get("/v1beta/models?pageToken=!!").statusCode()).isEqualTo(400);
    }

    @Test
    void describesAModel() throws Exception {
        JsonObject model = Json.object(client.get("/v1/models/gemini-2.5-pro").body());
        assertThat(model.getInt("inputTokenLimit")).isEqualTo(1_048_576);
        assertThat(model.getBoolean("thinking")).isTrue();
        assertThat(model.getJsonArray("supportedGenerationMethods").toString()).contains("generateContent");
        assertThat(client.get("/v1beta/models/gpt-9").statusCode()).isEqualTo(404);
    }

    @Test
    void takesTheKeyFromTheQueryToo() throws Exception {
        assertThat(new Client(api, "").get("/v1beta/models?key=demo-key-1&pageSize=1").statusCode()).isEqualTo(200);
    }

    @Test
    void refusesWrongMissingAndMixedCredentials() throws Exception {
        HttpResponse<String> wrong = new Client(api, "nobody").get("/v1beta/models");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("API_KEY_INVALID", "API key not valid. Please pass a valid API key.");
        assertThat(new Client(api, "").get("/v1beta/models").statusCode()).isEqualTo(403);
        HttpClient http = HttpClient.newHttpClient();
        HttpResponse<String> both = http.send(client.request("/v1beta/models").header("Authorization", "Bearer x").build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(both.statusCode()).isEqualTo(401);
        assertThat(both.body()).contains("CREDENTIALS_MISSING");
    }

    @Test
    void unknownModelsAndMethodsAreNotFound() throws Exception {
        HttpResponse<String> response = client.generate("gemini-0", Client.user("x"));
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("models/gemini-0 is not found for API version v1beta, or is not supported for");
        assertThat(client.generate("gemini-embedding-001", Client.user("x")).statusCode()).isEqualTo(404);
        assertThat(client.get("/elsewhere").statusCode()).isEqualTo(404);
    }
}
