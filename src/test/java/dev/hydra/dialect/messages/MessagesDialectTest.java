package dev.hydra.dialect.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.dialect.Ask;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.Failure.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesDialectTest {
    private final MessagesDialect dialect = new MessagesDialect();

    private String error(Failure failure) {
        return new String(dialect.error(failure, "req_1"), StandardCharsets.UTF_8);
    }

    @Test
    void peekFindsModelAndStream() {
        assertThat(dialect.peek("{\"model\":\"claude-x\",\"stream\":true}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Ask("claude-x", true, List.of()));
    }

    @ParameterizedTest
    @CsvSource({"INVALID_REQUEST,400,invalid_request_error", "CONTEXT_LENGTH,400,invalid_request_error",
        "REFUSED,400,invalid_request_error",
        "UNAUTHENTICATED,401,authentication_error", "FORBIDDEN,403,permission_error", "REGION,403,permission_error",
        "NOT_FOUND,404,not_found_error", "MODEL_NOT_FOUND,404,not_found_error", "METHOD_NOT_ALLOWED,405,invalid_request_error",
        "TOO_LARGE,413,request_too_large", "UNSUPPORTED_MEDIA_TYPE,415,invalid_request_error", "RATE_LIMITED,429,rate_limit_error",
        "QUOTA_EXHAUSTED,429,rate_limit_error", "INTERNAL,500,api_error", "PROVIDER_ERROR,502,api_error", "UNAVAILABLE,503,api_error",
        "OVERLOADED,529,overloaded_error", "TIMEOUT,504,timeout_error"})
    void everyFailureHasAnthropicsStatusAndType(Kind kind, int status, String type) {
        Failure failure = Failure.of(kind, "Why.");
        assertThat(dialect.status(failure)).isEqualTo(status);
        assertThat(error(failure)).startsWith("{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"")
                .endsWith("\"},\"request_id\":\"req_1\"}");
    }

    @Test
    void aConversationThatHasGrownTooLongIsCalledByAnthropicsWords() {
        assertThat(error(Failure.of(Kind.CONTEXT_LENGTH, "2000 tokens."))).contains("\"prompt is too long: 2000 tokens.\"");
    }

    @Test
    void silenceIsBrokenByPings() {
        assertThat(dialect.keepAlive()).hasValueSatisfying(
                ping -> assertThat(new String(ping, StandardCharsets.UTF_8)).isEqualTo("event: ping\ndata: {\"type\":\"ping\"}\n\n"));
    }
}
