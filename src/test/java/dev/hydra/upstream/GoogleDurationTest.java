package dev.hydra.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoogleDurationTest {
    @ParameterizedTest
    @CsvSource({"56s,56000", "34.4s,34400", "900ms,900", "539.477544ms,540", "56.185908122s.,56186", "3h20m5.1s,12005100",
        "65205s,65205000", "0s,0",
        "2m,120000", "1h,3600000", "1s and more,1000", "1.5h30s,5430000", "999999999999999999999h,864000000", "5.s,5000"})
    void readsEveryFormSeen(String text, long millis) {
        assertThat(GoogleDuration.at(text, 0)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "56", "-5s", ".5s", ".s", "1.2.3s", "abc", "１s", "5 s", "1e9s", "NaNs"})
    void whatIsNoDurationIsNone(String text) {
        assertThat(GoogleDuration.at(text, 0)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1s", ".", "1.", "9m"})
    void longTextIsDoneAtOnce(String piece) {
        assertThat(GoogleDuration.at(piece.repeat(500_000), 0).orElse(Duration.ZERO)).isLessThanOrEqualTo(Duration.ofDays(10));
    }
}
