package dev.hydra.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.secret.Secret;
import jakarta.json.JsonArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoogleDetailsTest {
    private static JsonArray details(String body) {
        return GoogleDetails.of(body.getBytes(UTF_8), Secret.of("the-key-that-was-used"));
    }

    @Test
    void aQuotasDetailsAreAllShown() {
        assertThat(details(GeminiSamples.D)).hasSize(3).asString().contains("QuotaFailure", "PerMinute", "Help", "RetryInfo", "56s");
    }

    @Test
    void neitherTheKeyNorItsProjectIsShown() {
        assertThat(details(GeminiSamples.C)).hasSize(2).asString().contains("CONSUMER_SUSPENDED", "[redacted]")
                .doesNotContain(GeminiSamples.KEY, "123456789", "consumer\"", "containerInfo");
        assertThat(details(GeminiSamples.D.replace("Learn more", "the-key-that-was-used"))).asString().contains("[redacted]")
                .doesNotContain("the-key-that-was-used");
    }

    @Test
    void kindsThatAreNotKnownStayHere() {
        assertThat(details("{\"error\":{\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.DebugInfo\",\"detail\":\"stack\"}]}}"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "<html>", "{}", "[]", "{\"error\":7}", "{\"error\":{\"details\":7}}", "{\"error\":{\"details\":[7,null,{}]}}",
                "{\"error\":{\"details\":[{\"@type\":7}]}}"})
    void whatIsOfAnotherShapeHasNone(String body) {
        assertThat(details(body)).isEmpty();
    }
}
