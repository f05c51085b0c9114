package dev.hydra.gateway;

import dev.hydra.support.FakeGemini;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A gateway before a simulated Gemini, made anew for each test. */
abstract class WithGateway {
    static final String WHOLE = "{\"model\":\"gemini-2.5-flash\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
    static final String STREAM = "{\"model\":\"gemini-2.5-flash\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";

    @RegisterExtension
    final FakeGemini gemini = FakeGemini.start();
    @TempDir
    Path home;
    final Clock clock = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
    TestGateway gateway;

    @AfterEach
    void stop() {
        gateway.close();
    }

    TestGateway with(String... keys) {
        gateway = new TestGateway(home, gemini, clock, Map.of(), keys);
        return gateway;
    }

    static String text(JsonObject reply) {
        return reply.getJsonArray("choices").getJsonObject(0).getJsonObject("message").getString("content");
    }

    static JsonObject error(Answer answer) {
        return TestGateway.json(answer).getJsonObject("error");
    }

    List<String> verdicts() {
        return gateway.finished.get(0).attempts().stream().map(Attempt::verdict).toList();
    }
}
