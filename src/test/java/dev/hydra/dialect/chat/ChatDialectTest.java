package dev.hydra.dialect.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hydra.dialect.Ask;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.Failure.Kind;
import dev.hydra.dialect.InvalidRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatDialectTest {
    private final ChatDialect dialect = new ChatDialect();

    private Ask peek(String json) {
        return dialect.peek(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private InvalidRequest refused(String json) {
        return catchThrowableOfType(InvalidRequest.class, () -> peek(json));
    }

    private String error(Failure failure) {
        return new String(dialect.error(failure, "req"), StandardCharsets.UTF_8);
    }

    @Test
    void peekFindsModelAndStream() {
        assertThat(peek("{'messages':[{'model':'inner','stream':true}],'model':'m'}")).isEqualTo(new Ask("m", false, List.of()));
        assertThat(peek("{'model':'m','stream':true}").streamed()).isTrue();
        assertThat(peek("{'model':'m','stream':false}").streamed()).isFalse();
        assertThat(peek("{'model':'m','stream':null}").streamed()).isFalse();
    }

    @Test
    void peekFindsTheProvidersFilesAndCaches() {
        assertThat(peek("""
                {'model':'m','google':{'cached_content':'cachedContents/c1'},'a':['files/f1','files/ is a folder',
                'https://generativelanguage.googleapis.com/v1beta/files/f2',
                'https://generativelanguage.googleapis.com/other','files/f1']}""")
                .affinities()).containsExactly("cachedContents/c1", "files/f1", "files/f2");
    }

    @Test
    void peekRefusesWhatNoReaderShouldSee() {
        assertThat(refused("{'model':'m'").field()).isEmpty();
        assertThat(refused("[]")).isNotNull();
        assertThat(refused("")).isNotNull();
        assertThat(refused("{'model':'m','model':'n'}")).hasMessageStartingWith("The body is not acceptable JSON: ");
        assertThat(refused("{'model':'m','a':" + "[".repeat(300) + "]".repeat(300) + "}")).isNotNull();
        assertThat(refused("{}").field()).isEqualTo("model");
        assertThat(refused("{'model':7}").field()).isEqualTo("model");
        assertThat(refused("{'model':' '}").field()).isEqualTo("model");
        assertThat(refused("{'model':'m','stream':'true'}").field()).isEqualTo("stream");
        byte[] latin = "{\"model\":\"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(catchThrowableOfType(InvalidRequest.class, () -> dialect.peek(latin))).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"INVALID_REQUEST,invalid_request_error,null", "CONTEXT_LENGTH,invalid_request_error,context_length_exceeded",
        "UNAUTHENTICATED,invalid_request_error,invalid_api_key", "FORBIDDEN,permission_denied,null",
        "REGION,permission_denied,unsupported_country_region_territory", "MODEL_NOT_FOUND,invalid_request_error,model_not_found",
        "RATE_LIMITED,rate_limit_error,rate_limit_exceeded", "QUOTA_EXHAUSTED,insufficient_quota,insufficient_quota",
        "INTERNAL,server_error,null", "PROVIDER_ERROR,server_error,null", "OVERLOADED,server_error,overloaded",
        "TIMEOUT,server_error,timeout"})
    void errorsAreOpenAis(Kind kind, String type, String code) {
        String written = code.equals("null") ? code : "\"" + code + "\"";
        assertThat(error(Failure.of(kind, "It \"broke\"")))
                .isEqualTo("{\"error\":{\"message\":\"It \\\"broke\\\"\",\"type\":\"" + type + "\",\"param\":null,\"code\":" + written
                        + "}}");
    }

    @Test
    void errorsNameTheFieldAndTheTimeToWait() {
        assertThat(error(new Failure(Kind.INVALID_REQUEST, "wrong", "messages[0].role", Optional.empty())))
                .contains("\"param\":\"messages[0].role\"");
        assertThat(error(new Failure(Kind.RATE_LIMITED, "Slow down.", "", Optional.of(Duration.ofMillis(12_340)))))
                .contains("Slow down. Please try again in 12.3s.");
    }

    @Test
    void aSilentStreamIsKeptAliveByComments() {
        assertThat(dialect.keepAlive().map(bytes -> new String(bytes, StandardCharsets.US_ASCII))).contains(": keep-alive\n\n");
    }
}
