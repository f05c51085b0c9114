package dev.hydra.keys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LimitTableTest {
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
}
