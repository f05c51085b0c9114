package dev.hydra.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.secret.Secret;
import dev.hydra.settings.TestSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiUpstreamTest extends UpstreamContract {
    private static final Secret KEY = Secret.of("a-key-of-the-test");

    @TempDir
    private Path home;

    @Override
    GeminiUpstream upstream() {
        return new GeminiUpstream(TestSettings.in(home, Map.of("HYDRA_GEMINI_URL", base().toString())));
    }

    @Override
    URI base() {
        return URI.create("https://gemini.test:8443");
    }

    @Test
    void callsTheMethodOfTheWantedKind() {
        assertThat(upstream().call("gemini-3.5-flash", false, new byte[0], KEY).uri())
                .hasToString("https://gemini.test:8443/v1beta/models/gemini-3.5-flash:generateContent");
        assertThat(upstream().call("gemini-3.5-flash", true, new byte[0], KEY).uri())
                .hasToString("https://gemini.test:8443/v1beta/models/gemini-3.5-flash:streamGenerateContent?alt=sse");
    }

    @Test
    void signsWithTheHeaderAndNothingElse() {
        assertThat(upstream().call("gemini-3.5-flash", false, new byte[0], KEY).headers())
                .isEqualTo(Map.of("Content-Type", "application/json", "x-goog-api-key", KEY.reveal()));
    }

    @ParameterizedTest
    @CsvSource({"gemini-2.5-pro,models/gemini-2.5-pro", "models/gemini-2.5-pro,models/gemini-2.5-pro", "gemma_3.A-1,models/gemma_3.A-1",
        "tunedModels/mine-1,tunedModels/mine-1", "tunedModels/../x,tunedModels/%2E%2E%2Fx", "tunedModels/..,tunedModels/%2E%2E",
        "a/b,models/a%2Fb", "..,models/%2E%2E", "models/../x,models/%2E%2E%2Fx", "ü,models/%C3%BC", "%2e%2e,models/%252e%252e"})
    void namesTheModelAsOneSegment(String model, String path) {
        assertThat(upstream().call(model, false, new byte[0], KEY).uri().getRawPath()).isEqualTo("/v1beta/" + path + ":generateContent");
    }

    @Test
    void anErrorDocumentUnderAGoodStatusIsNoAcceptance() {
        byte[] error = "{\"error\":{\"code\":503,\"message\":\"The model is overloaded.\",\"status\":\"UNAVAILABLE\"}}".getBytes(UTF_8);
        assertThat(upstream().verdict(200, error, "m", NOW)).isInstanceOf(Verdict.Overloaded.class);
        assertThat(upstream().verdict(200, "{\"candidates\":[]}".getBytes(UTF_8), "m", NOW)).isInstanceOf(Verdict.Accepted.class);
    }
}
