package dev.hydra.servers;

import dev.hydra.support.Http;
import dev.hydra.wire.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** The deployed application as its clients and its operator see it. */
final class DeployedHydra {
    /** The operator's password. */
    static final String PASSWORD = "correct-horse-battery";

    private final URI address;
    private final String path;
    private final String token;

    private DeployedHydra(URI address, String path, String token) {
        this.address = address;
        this.path = path;
        this.token = token;
    }

    /** @param address of the server, without the context path. @param path the context path; empty for the root */
    DeployedHydra(URI address, String path) {
        this(address, path, "none");
    }

    /** The same application with a token. */
    DeployedHydra with(String newToken) {
        return new DeployedHydra(address, path, newToken);
    }

    URI address() {
        return address;
    }

    URI at(String resource) {
        return address.resolve(path + resource);
    }

    /** A chat request; the simulated model repeats the text in its answer. */
    static String request(String model, String text, boolean streamed) {
        return Json.objectBuilder().add("model", model).add("stream", streamed).add("messages", Json.arrayBuilder()
                .add(Json.objectBuilder().add("role", "user").add("content", text))).build().toString();
    }

    /** A whole answer. */
    HttpResponse<String> chat(String text) {
        return Http.post(at("/v1/chat/completions"), request("gemini-2.5-flash", text, false), "Authorization", "Bearer " + token);
    }

    /** Asks for a stream on this connection and reads the head of the answer. */
    Connection.Answer stream(Connection connection, String model, String text) throws IOException {
        ask(connection, model, text, true);
        return connection.answer();
    }

    void ask(Connection connection, String model, String text, boolean streamed) throws IOException {
        connection.send("POST", at("/v1/chat/completions"), request(model, text, streamed), "Authorization", "Bearer " + token);
    }

    /** The operator's request. @param headers more of them, names and values in turn */
    HttpResponse<String> admin(String method, String resource, String body, String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "Authorization";
        all[1] = basic(PASSWORD);
        return Http.send(HttpRequest.newBuilder(at(resource)).method(method, HttpRequest.BodyPublishers.ofString(body)), all);
    }

    static String basic(String password) {
        return "Basic " + Base64.getEncoder().encodeToString(("admin:" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** Makes a token and gives its value. */
    String makeToken(String name) {
        HttpResponse<String> made = admin("POST", "/admin/api/tokens", "{\"name\":\"" + name + "\"}", "Content-Type", "application/json");
        if (made.statusCode() != 201) {
            throw new IllegalStateException("no token: " + made.statusCode() + ' ' + made.body());
        }
        return Json.object(made.body()).getString("token");
    }

    /** The audit's entry of a request, when it is stored. */
    Optional<JsonObject> audited(String requestId) {
        JsonArray entries = Json.object(admin("GET", "/admin/api/audit?limit=200", "").body()).getJsonArray("entries");
        return entries.stream().map(JsonValue::asJsonObject)
                .filter(entry -> entry.getJsonObject("asked").getString("requestId").equals(requestId)).findFirst();
    }

    /** The text of a whole answer. */
    static String text(String answer) {
        return Json.object(answer).getJsonArray("choices").getJsonObject(0).getJsonObject("message").getString("content");
    }

    /** The text that an event of a stream adds; empty for events that add none. */
    static String delta(String event) {
        if (!event.startsWith("data: {")) {
            return "";
        }
        JsonArray choices = Json.object(event.substring(6)).getJsonArray("choices");
        if (choices == null || choices.isEmpty()) {
            return "";
        }
        return choices.getJsonObject(0).getJsonObject("delta").get("content") instanceof JsonString text ? text.getString() : "";
    }
}
