package dev.hydra.keys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestRowTest {
    @Test
    void whatPostgresqlRefusesIsNotStored() {
        assertThat(RestRow.cut("a\0b\uD800c\uDC00", 100)).isEqualTo("a?b?c?");
        assertThat(RestRow.cut("ok \uD83D\uDE00 \u00e4", 100)).isEqualTo("ok \uD83D\uDE00 \u00e4");
        assertThat(RestRow.cut("abc\uD83D\uDE00", 4)).as("cut within a pair").isEqualTo("abc?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemini\0", "gemini\uD800", "gemini 2.5", "gemini\u00e4", "gemini\n", "gemini\u007f"})
    void whatNoModelIsCalledGetsNoKey(String model) {
        TestPool pool = TestPool.balanced(1);

        assertThat(pool.offer(model)).isInstanceOfSatisfying(Offer.NoModel.class,
                none -> assertThat(none.message()).startsWith("No model has such a name"));
        assertThat(pool.offer("publishers/google~x")).isInstanceOf(Offer.Granted.class);
    }
}
