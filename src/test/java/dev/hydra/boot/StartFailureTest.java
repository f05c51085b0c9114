package dev.hydra.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock("java.util.logging")
class StartFailureTest {
    private static final String ADDRESS = "127.0.0.1:8000";

    @Test
    void anAddressInUseIsOneLine() {
        try (StartFailure failure = new StartFailure()) {
            assertThat(failure.reason(new IllegalStateException(new BindException("Address already in use")), ADDRESS))
                    .hasMessageContaining(ADDRESS)
                    .hasMessageContaining("--port");
        }
    }

    @Test
    void theApplicationsOwnExceptionSpeaksForItself() {
        try (StartFailure failure = new StartFailure()) {
            LogRecord entry = new LogRecord(Level.SEVERE, "Exception starting filter");
            entry.setLoggerName("org.apache.catalina.core.StandardContext");
            entry.setThrown(new RuntimeException(new WrongKey("The key in secret.key does not fit this database.")));

            assertThat(failure.isLoggable(entry)).isFalse();
            assertThat(failure.reason(null, ADDRESS)).hasMessage("The key in secret.key does not fit this database.");
        }
    }

    private static final class WrongKey extends RuntimeException {
        private static final long serialVersionUID = 1L;

        WrongKey(String message) {
            super(message);
        }
    }
}
