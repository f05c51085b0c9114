package dev.hydra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.support.FakeGemini;
import dev.hydra.support.Http;
import dev.hydra.support.RunningHydra;
import dev.hydra.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No key and no token appears in anything that a full run leaves behind: answers, log, database, files. The provider echoes keys in its errors,
 * and everything is logged at the finest level.
 */
class SecretsIT {
    private static final String GOOD = "{\"model\":\"gemini-2.5-flash\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
    private static final String STREAM = GOOD.replace("{\"model\"", "{\"stream\":true,\"model\"");
    // Put together at run time, so that no scanner takes them for real ones.
    private static final String STANDARD = "AI" + "za" + "SyCanary0123456789canary0123456789_";
    private static final String AUTH = "AQ" + "." + "Ab8RN6canary-0123456789-canary-0123456789";
    private static final String SUSPENDED = "AI" + "za" + "SySuspended56789canary0123456789_ab";
    private static final String BAD_CLIENT_TOKEN = "hydra-" + "wrongwrongwrongwrongwrongwrongwrong1";

    @TempDir
    private Path home;

    @Test
    void noKeyAndNoTokenIsLeftAnywhere() throws IOException {
        List<String> answers = new ArrayList<>();
        String token;
        try (FakeGemini gemini = FakeGemini.start()) {
            gemini.failKey(SUSPENDED, FakeGemini.keySuspended());
            try (RunningHydra hydra = RunningHydra.start(home, Map.of("HYDRA_GEMINI_URL", gemini.url().toString(), "GEMINI_API_KEYS",
                    SUSPENDED + "," + STANDARD, "HYDRA_LOG_LEVEL", "TRACE", "HYDRA_POOL_STRATEGY", "sequential"))) {
                URI chat = hydra.url().resolve("/v1/chat/completions");
                keep(answers, Http.post(hydra.url().resolve("/admin/api/keys"), "{\"keys\":\"" + AUTH + "\"}", "Content-Type",
                        "application/json"));
                HttpResponse<String> made = Http.post(hydra.url().resolve("/admin/api/tokens"), "{\"name\":\"canary\"}", "Content-Type",
                        "application/json");
                token = Json.object(made.body()).getString("token");
                for (int i = 0; i < 4; i++) {
                    keep(answers, Http.post(chat, GOOD, "Authorization", "Bearer " + token));
                    keep(answers, Http.post(chat, STREAM, "x-api-key", token));
                }
                keep(answers, Http.post(URI.create(chat + "?key=" + token), GOOD));
                keep(answers, Http.post(chat, GOOD, "Authorization", "Bearer " + BAD_CLIENT_TOKEN));
                keep(answers, Http.post(chat, GOOD.replace("gemini-2.5-flash", "no-such-model"), "Authorization", "Bearer " + token));
                for (String path : List.of("/admin/api/keys", "/admin/api/tokens", "/admin/api/pool", "/admin/api/status",
                        "/admin/api/audit", "/health")) {
                    keep(answers, Http.get(hydra.url().resolve(path)));
                }
                gemini.failKey(STANDARD, FakeGemini.keySuspended()).failKey(AUTH, FakeGemini.keySuspended());
                keep(answers, Http.post(chat, GOOD, "Authorization", "Bearer " + token));
            }
        }

        assertThat(answers).as("the run was a real one")
                .anySatisfy(answer -> assertThat(answer).startsWith("200").contains("chat.completion"));
        for (String secret : List.of(STANDARD, AUTH, SUSPENDED, token, BAD_CLIENT_TOKEN)) {
            assertThat(answers).noneSatisfy(answer -> assertThat(answer).contains(secret));
            for (Path file : files()) {
                byte[] bytes = Files.readAllBytes(file);
                assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).as(file.toString()).doesNotContain(secret);
                assertThat(new String(bytes, StandardCharsets.UTF_16BE)).as(file.toString()).doesNotContain(secret);
            }
        }
    }

    private static void keep(List<String> answers, HttpResponse<String> answer) {
        answers.add(answer.statusCode() + " " + answer.headers().map() + " " + answer.body());
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            return all.filter(Files::isRegularFile).filter(file -> !file.toString().contains("/app/")).toList();
        }
    }
}
