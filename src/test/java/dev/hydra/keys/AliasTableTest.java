package dev.hydra.keys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AliasTableTest {
    @ParameterizedTest
    @CsvSource({"claude-opus-4-8,gemini-pro-latest", "claude-opus-4-8[1m],gemini-pro-latest",
        "claude-sonnet-4-5-20250929,gemini-flash-latest", "claude-3-5-haiku-latest,gemini-flash-lite-latest",
        "claude-haiku-4-5,gemini-flash-lite-latest", "anthropic/claude-sonnet-5,gemini-flash-latest",
        "claude-2,gemini-flash-latest", "gpt-4o-mini,gemini-2.5-flash", "dall-e-3,gemini-2.5-flash-image"})
    void otherVendorsNamesStandForGeminis(String name, String model) {
        assertThat(AliasTable.builtIn().find(name)).hasValue(model);
    }

    @ParameterizedTest
    @CsvSource({"gemini-2.5-flash", "claude", "gemini-9-unheard-of", "''"})
    void geminisOwnNamesStandForThemselves(String name) {
        assertThat(AliasTable.builtIn().find(name)).isEmpty();
    }
}
