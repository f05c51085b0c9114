package dev.hydra.demo;

import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** Calls the simulated API as any HTTP client would. */
final class Client {
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;
    private final String key;

    Client(SimulatedGemini api, String key) {
        this.base = api.url();
        this.key = key;
    }

    static String user(String text) {
        return "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":" + Json.string(text) + "}]}]}";
    }

    HttpRequest.Builder request(String pathAndQuery) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(base + pathAndQuery));
        return key.isEmpty() ? builder : builder.header("x-goog-api-key", key);
    }

    HttpResponse<String> get(String pathAndQuery) throws IOException, InterruptedException {
        return HTTP.send(request(pathAndQuery).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String pathAndQuery, String body) throws IOException, InterruptedException {
        return HTTP.send(request(pathAndQuery).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<byte[]> postForBytes(String pathAndQuery, String body) throws IOException, InterruptedException {
        return HTTP.send(request(pathAndQuery).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<InputStream> open(String pathAndQuery, String body) throws IOException, InterruptedException {
        return HTTP.send(request(pathAndQuery).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofInputStream());
    }

    HttpResponse<String> generate(String model, String body) throws IOException, InterruptedException {
        return post("/v1beta/models/" + model + ":generateContent", body);
    }

    HttpResponse<String> stream(String model, String body) throws IOException, InterruptedException {
        return post("/v1beta/models/" + model + ":streamGenerateContent?alt=sse", body);
    }

    /** The whole answer, which must be a 200. */
    JsonObject answer(String model, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = generate(model, body);
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return Json.object(response.body());
    }

    /** The stream's events, which must be well framed. */
    static List<JsonObject> events(String stream) {
        List<JsonObject> events = new ArrayList<>();
        for (String event : stream.split("\r\n\r\n")) {
            if (!event.startsWith("data: ")) {
                throw new AssertionError("not an event: " + event);
            }
            events.add(Json.object(event.substring("data: ".length())));
        }
        return events;
    }

    static JsonObject candidate(JsonObject response) {
        return response.getJsonArray("candidates").getJsonObject(0);
    }

    static List<JsonObject> parts(JsonObject response) {
        return candidate(response).getJsonObject("content").getJsonArray("parts").getValuesAs(JsonObject.class);
    }

    static String text(JsonObject response) {
        StringBuilder text = new StringBuilder();
        for (JsonObject part : parts(response)) {
            text.append(part.getBoolean("thought", false) ? "" : part.getString("text", ""));
        }
        return text.toString();
    }
}
