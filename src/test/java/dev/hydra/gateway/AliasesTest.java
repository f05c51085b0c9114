package dev.hydra.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AliasesTest {
    @ParameterizedTest
    @CsvSource({"claude-opus-4-8,gemini-pro-latest", "claude-opus-4-8[1m],gemini-pro-latest",
        "claude-sonnet-4-5-20250929,gemini-flash-latest", "claude-3-5-haiku-latest,gemini-flash-lite-latest",
        "claude-haiku-4-5,gemini-flash-lite-latest", "anthropic/claude-sonnet-5,gemini-flash-latest",
        "claude-2,gemini-flash-latest", "gemini-2.5-flash,gemini-2.5-flash", "claude,claude", "gemini-9-unheard-of,gemini-9-unheard-of"})
    void claudesNamesStandForGeminis(String name, String model) {
        assertThat(Aliases.builtIn().resolve(name)).isEqualTo(model);
    }

    @Test
    void theFirstPatternThatFitsCounts() {
        Aliases aliases = Aliases.parse("""
                [[alias]]
                name = "a*b*c"
                model = "one"
                [[alias]]
                name = "a*"
                model = "two"
                [[alias]]
                name = "exact"
                model = "three"
                """);
        assertThat(aliases.resolve("abc")).isEqualTo("one");
        assertThat(aliases.resolve("aXbYcbc")).isEqualTo("one");
        assertThat(aliases.resolve("abcd")).isEqualTo("two");
        assertThat(aliases.resolve("exact")).isEqualTo("three");
        assertThat(aliases.resolve("exactly")).isEqualTo("exactly");
        assertThat(aliases.resolve("")).isEmpty();
    }
}
