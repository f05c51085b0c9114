package dev.hydra.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.demo.RecordedRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FakeGeminiTest {
    @RegisterExtension
    private final FakeGemini gemini = FakeGemini.start();

    private HttpResponse<String> send(String method, String path) throws Exception {
        HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString("POST".equals(method)
                ? "{\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}]}" : "");
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(gemini.url() + path)).method(method, body)
                .header("x-goog-api-key", "key-a").build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void doesWhatItIsToldInOrderThenAnswersNormally() throws Exception {
        String path = "/v1beta/models/gemini-9-unheard-of:generateContent";
        gemini.enqueue(FakeGemini.tooManyRequests(Duration.ofSeconds(7)), FakeGemini.says("Hello"), FakeGemini.json(500, "{}"));
        assertThat(send("POST", path).body()).contains("\"retryDelay\":\"7s\"");
        assertThat(send("POST", path).body()).contains("\"text\":\"Hello\"");
        assertThat(send("POST", path).statusCode()).isEqualTo(500);
        assertThat(send("POST", path).body()).contains("You said: hi");
        assertThat(gemini.requests()).hasSize(4);
    }

    @Test
    void takesPostsAndSkipsListsOfModels() throws Exception {
        send("GET", "/v1beta/models");
        send("POST", "/v1beta/models/gemini-2.5-pro:countTokens");
        RecordedRequest request = gemini.takeRequest();
        assertThat(request.path()).endsWith(":countTokens");
        assertThat(request.header("x-goog-api-key")).contains("key-a");
    }
}
