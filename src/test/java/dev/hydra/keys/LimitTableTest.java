package dev.hydra.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydra.settings.InvalidSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitTableTest {
    @TempDir
    Path home;
    private final LimitTable capacity = LimitTable.builtIn();

    @Test
    void theMostSpecificFamilyCounts() {
        assertThat(capacity.of("gemini-2.5-pro")).isEqualTo(new Limit(5, 250_000, 25));
        assertThat(capacity.of("gemini-2.5-flash-lite-preview-09-2025")).isEqualTo(new Limit(10, 250_000, 20));
        assertThat(capacity.of("gemini-2.5-flash")).isEqualTo(new Limit(5, 250_000, 20));
        assertThat(capacity.of("gemini-3.1-flash-lite")).isEqualTo(new Limit(10, 250_000, 500));
        assertThat(capacity.of("gemma-3-27b-it")).isEqualTo(new Limit(30, 15_000, 14_400));
    }

    @Test
    void aModelThatNobodyKnowsHasTheMostCautiousLimits() {
        assertThat(capacity.of("gemini-9-unheard-of")).isEqualTo(new Limit(5, 250_000, 20));
    }

    @Test
    void projectsAddUp() {
        assertThat(capacity.requestsPerDay("gemini-2.5-pro", 7)).isEqualTo(175);
    }

    @Test
    void theOperatorsFileNeedsNotSayAll() throws IOException {
        Path file = Files.writeString(home.resolve("limits.toml"), "[[limit]]\nmodels = \"gemini-2.5-*\"\nrpm = 1000\n");
        LimitTable table = LimitTable.read(file);
        assertThat(table.of("gemini-2.5-pro")).isEqualTo(new Limit(1000, Limit.UNKNOWN, Limit.UNKNOWN));
        assertThat(table.of("gemini-3-pro")).isEqualTo(Limit.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "rpm = 5 | nothing but tables",
        "[[limit]] rpm = | file",
        "[[limit]]#models = 5 | models: \"5\" is not allowed",
        "[[limit]]#models = 'a'#rpm = -1 | [[limit]] of a: rpm: \"-1\" is not allowed",
        "[[limit]]#models = 'a'#rpm = 'many' | rpm: \"many\" is not allowed; allowed: rpm, tpm or rpd with a whole number from 0",
        "[[limit]]#models = 'a'#rph = 5 | rph: \"5\" is not allowed",
        "[[limit]]#models = 'a'#rpm = 1.5 | rpm: \"1.5\" is not allowed"})
    void aFileThatIsNotInOrderSaysWhere(String text, String problem) throws IOException {
        Path file = Files.writeString(home.resolve("limits.toml"), text.replace('#', '\n'));
        assertThatThrownBy(() -> LimitTable.read(file)).isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("HYDRA_POOL_LIMITS_FILE: ").hasMessageContaining(problem.equals("file") ? file.toString() : problem);
    }
}
