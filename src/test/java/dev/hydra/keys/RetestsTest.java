package dev.hydra.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetestsTest {
    private final Retests retests = new Retests();
    private final Instant start = Instant.parse("2026-03-10T12:00:00Z");

    @Test
    void pausesDoubleUpToADay() {
        List<Long> minutes = new ArrayList<>();
        for (long minute = 0; minute < 7 * 24 * 60; minute++) {
            if (!retests.due(List.of("a"), start.plus(Duration.ofMinutes(minute))).isEmpty()) {
                minutes.add(minute);
            }
        }
        assertThat(minutes).startsWith(10L, 30L, 70L, 150L, 310L, 630L, 1270L);
        assertThat(minutes.getLast() - minutes.get(minutes.size() - 2)).isEqualTo(24 * 60);
    }

    @Test
    void aKeyThatWasGoodInBetweenBeginsAnew() {
        retests.due(List.of("a", "b"), start);
        assertThat(retests.due(List.of("a", "b"), start.plus(Duration.ofMinutes(10)))).containsExactly("a", "b");
        assertThat(retests.due(List.of("b"), start.plus(Duration.ofMinutes(11)))).isEmpty();
        assertThat(retests.due(List.of("a", "b"), start.plus(Duration.ofMinutes(12)))).isEmpty();
        assertThat(retests.due(List.of("a", "b"), start.plus(Duration.ofMinutes(22)))).containsExactly("a");
    }
}
