package dev.hydra.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotaResetTest {
    @ParameterizedTest
    @CsvSource({
        // winter: midnight is 08:00 UTC; summer: 07:00 UTC
        "2026-01-15T07:59:59Z,2026-01-15T08:00:10Z", "2026-01-15T08:00:00Z,2026-01-16T08:00:10Z",
        "2026-07-15T06:59:59Z,2026-07-15T07:00:10Z",
        "2026-07-15T07:00:00Z,2026-07-16T07:00:10Z",
        // 8 March 2026 has 23 hours, 1 November 2026 has 25
        "2026-03-08T07:59:00Z,2026-03-08T08:00:10Z", "2026-03-08T08:00:00Z,2026-03-09T07:00:10Z",
        "2026-03-08T20:00:00Z,2026-03-09T07:00:10Z",
        "2026-11-01T06:59:00Z,2026-11-01T07:00:10Z", "2026-11-01T07:00:00Z,2026-11-02T08:00:10Z",
        "2026-11-01T09:30:00Z,2026-11-02T08:00:10Z"})
    void isTheNextMidnightInCalifornia(Instant now, Instant reset) {
        assertThat(QuotaReset.after(now)).isEqualTo(reset);
    }
}
