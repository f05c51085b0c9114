package dev.hydra.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class JerseyLogTest {
    @Test
    void onlyClientsThatLeaveAreLeftOut() {
        try (JerseyLog log = new JerseyLog()) {
            assertThat(log.isLoggable(entry(new IOException("Broken pipe")))).isFalse();
            assertThat(log.isLoggable(entry(new IllegalStateException(new IOException("Broken pipe"))))).isFalse();
            assertThat(log.isLoggable(entry(new IllegalStateException("a defect")))).isTrue();
            assertThat(log.isLoggable(entry(null))).isTrue();
        }
    }

    private static LogRecord entry(Throwable thrown) {
        LogRecord entry = new LogRecord(Level.SEVERE, "An I/O error has occurred while writing a response message entity");
        entry.setThrown(thrown);
        return entry;
    }
}
