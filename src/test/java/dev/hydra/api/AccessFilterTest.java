package dev.hydra.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.secret.Fingerprint;
import dev.hydra.secret.Secret;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The filter on a real container, with raw requests where a client library would tidy up. */
class AccessFilterTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    static Path home;
    private static AdminServer server;
    private static String token;

    @BeforeAll
    static void start() throws Exception {
        server = new AdminServer(home, "");
        token = server.rig.tokens.create("app", Optional.empty(), Optional.empty()).value().reveal();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/models", "/v1/chat/completions", "/nothing", "/api/keys"})
    void aMissingTokenIsAnErrorInOpenAisShape(String path) throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(uri(path)));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("x-request-id")).get().asString().startsWith("req_");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        JsonObject error = Json.object(answer.body()).getJsonObject("error");
        assertThat(error.getString("type")).isEqualTo("invalid_request_error");
        assertThat(error.getString("code")).isEqualTo("invalid_api_key");
        assertThat(error.get("param")).isEqualTo(JsonValue.NULL);
        assertThat(error.getString("message")).contains("hydra tokens create");
    }

    @Test
    void anthropicsClientsGetTheirs() throws Exception {
        JsonObject byPath = Json.object(send(HttpRequest.newBuilder(uri("/v1/messages"))).body());
        assertThat(byPath.getString("type")).isEqualTo("error");
        assertThat(byPath.getJsonObject("error").getString("type")).isEqualTo("authentication_error");
        assertThat(byPath.getString("request_id")).startsWith("req_");
        JsonObject byHeader = Json.object(send(HttpRequest.newBuilder(uri("/v1/models")).header("anthropic-version", "2026-10-21")).body());
        assertThat(byHeader.getString("type")).isEqualTo("error");
    }

    @Test
    void geminisClientsGetTheirs() throws Exception {
        JsonObject byPath = Json.object(send(HttpRequest.newBuilder(uri("/v1beta/models?key=wrong"))).body());
        assertThat(byPath.getJsonObject("error").getInt("code")).isEqualTo(401);
        assertThat(byPath.getJsonObject("error").getString("status")).isEqualTo("UNAUTHENTICATED");
        JsonObject byHeader = Json.object(send(HttpRequest.newBuilder(uri("/v1/models")).header("x-goog-api-key", "wrong")).body());
        assertThat(byHeader.getJsonObject("error").getString("status")).isEqualTo("UNAUTHENTICATED");
        JsonObject compatible = Json.object(send(HttpRequest.newBuilder(uri("/v1beta/openai/chat/completions"))).body());
        assertThat(compatible.getJsonObject("error").getString("code")).isEqualTo("invalid_api_key");
    }

    @Test
    void healthIsOpenAndATokenOpensTheRest() throws Exception {
        assertThat(send(HttpRequest.newBuilder(uri("/health"))).body()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(send(HttpRequest.newBuilder(uri("/v1/models")).header("Authorization", "Bearer " + token)).body()).isEqualTo("models");
    }

    @Test
    void pagesForbidScriptsAndFrames() throws Exception {
        HttpResponse<String> page = send(HttpRequest.newBuilder(uri("/dashboard")));

        assertThat(page.headers().firstValue("Content-Security-Policy")).get().asString()
                .contains("default-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("X-Frame-Options")).contains("DENY");
    }

    /** What a client library would tidy up: the container's view of the path and that of JAX-RS must not differ. */
    @ParameterizedTest
    @CsvSource({"GET /admin/api/tokens/..;/..;/..;/health, 400", "GET /health/..;/admin/api/tokens, 400", "GET /admin;x=y/api/tokens, 400",
        "GET /%2e%2e/admin/api/tokens, 400",
        "GET /v1/%2e%2e/admin/api/tokens, 400", "GET //admin/api/tokens, 403", "GET /%61dmin/api/tokens, 403",
        "GET /v1/models/..%2fadmin, 400", "GET /health%00, 400",
        "GET /admin/api/tokens, 403", "GET http://127.0.0.1/admin/api/tokens, 400", "TRACE /admin/api/tokens, 405",
        "GET /v1/models%2Fgemini, 401"})
    void pathTricksOpenNothing(String line, int status) throws IOException {
        assertThat(raw(line + " HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")).as(line).startsWith("HTTP/1.1 " + status)
                .doesNotContain("\"tokens\"");
    }

    /** Spec defects S2, and what Tomcat itself refuses. */
    @ParameterizedTest
    @ValueSource(strings = {"x/?#", "127.0.0.1/admin", "a b", "[::1", "127.0.0.1:999999"})
    void aMalformedHostIsABadRequest(String host) throws IOException {
        assertThat(raw("GET /health HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 400");
    }

    @Test
    void aHugeTokenIsRefusedOnEveryRoute() throws IOException {
        String huge = "x".repeat(1 << 20);
        for (String path : new String[] {"/v1/models", "/admin/api/tokens", "/nothing", "/health"}) {
            assertThat(
                    raw("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAuthorization: Bearer " + huge + "\r\n\r\n"))
                    .startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void tokensAreMadeListedAndRevokedByTheAdminApi() throws Exception {
        HttpResponse<String> made = post("/admin/api/tokens", "{\"name\":\"by api\",\"expires\":\"2100-01-01T00:00:00Z\"}");
        assertThat(made.statusCode()).isEqualTo(201);
        JsonObject json = Json.object(made.body());
        String value = json.getString("token");
        assertThat(send(HttpRequest.newBuilder(uri("/v1/models")).header("x-api-key", value)).statusCode()).isEqualTo(200);

        String list = send(HttpRequest.newBuilder(uri("/admin/api/tokens"))).body();
        assertThat(list).contains("\"by api\"", json.getString("id"), "2100-01-01T00:00:00Z").doesNotContain(value)
                .doesNotContain(Fingerprint.hash(Secret.of(value)));

        assertThat(send(HttpRequest.newBuilder(uri("/admin/api/tokens/" + json.getString("id"))).DELETE()).statusCode()).isEqualTo(200);
        assertThat(send(HttpRequest.newBuilder(uri("/v1/models")).header("x-api-key", value)).statusCode()).isEqualTo(401);
        assertThat(send(HttpRequest.newBuilder(uri("/admin/api/tokens/tok_none")).DELETE()).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = {"{} | name", "{\"name\":7} | name", "[] | ''", "{ | ''", "{\"name\":\"x\",\"value\":\"short\"} | value",
                "{\"name\":\"x\",\"expires\":\"tomorrow\"} | expires", "{\"name\":\"x\",\"expires\":\"2001-01-01T00:00:00Z\"} | expires",
                "{\"name\":\"app\"} | name",
                "{\"name\":\"x\",\"hash\":\"y\"} | hash", "{\"name\":\"x\",\"id\":\"tok_1\"} | id", "'' | ''"})
    void wrongInputNamesItsField(String body, String field) throws Exception {
        HttpResponse<String> answer = post("/admin/api/tokens", body == null ? "" : body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Json.object(answer.body()).getJsonObject("error").getString("field")).isEqualTo(field == null ? "" : field);
    }

    @Test
    void statusTellsTheMode() throws Exception {
        JsonObject status = Json.object(send(HttpRequest.newBuilder(uri("/admin/api/status"))).body());

        assertThat(status.getString("mode")).isEqualTo("closed");
        assertThat(status.getString("database")).isEqualTo("h2");
        assertThat(status.getJsonObject("tokens").getInt("active")).isPositive();
        assertThat(status.getString("version")).doesNotContain("$").isNotBlank();
    }

    private static HttpResponse<String> post(String path, String body) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static URI uri(String path) {
        return server.address().resolve(path);
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                // A server that refuses early closes while we still write; what it answered is there to be read.
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
