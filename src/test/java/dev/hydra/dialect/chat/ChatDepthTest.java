package dev.hydra.dialect.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydra.dialect.InvalidRequest;
import dev.hydra.settings.TestSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatDepthTest {
    @TempDir
    private Path home;

    @Test
    void theNestingIsLimitedAsConfigured() {
        ChatDialect narrow = new ChatDialect(TestSettings.in(home, Map.of("HYDRA_LIMIT_DEPTH", "20")));

        assertThat(narrow.peek(nested(19)).model()).isEqualTo("m");
        assertThatThrownBy(() -> narrow.peek(nested(20))).isInstanceOf(InvalidRequest.class);
        assertThat(new ChatDialect().peek(nested(127)).model()).isEqualTo("m");
        assertThatThrownBy(() -> new ChatDialect().peek(nested(128))).isInstanceOf(InvalidRequest.class);
    }

    private static byte[] nested(int lists) {
        return ("{\"model\":\"m\",\"x\":" + "[".repeat(lists) + "]".repeat(lists) + "}").getBytes(StandardCharsets.UTF_8);
    }
}
