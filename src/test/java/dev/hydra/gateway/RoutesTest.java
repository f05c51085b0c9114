package dev.hydra.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.conversation.Conversation;
import dev.hydra.conversation.Options;
import dev.hydra.conversation.Thinking;
import dev.hydra.conversation.Tool;
import dev.hydra.conversation.ToolChoice;
import dev.hydra.dialect.ModelSuffix;
import dev.hydra.dialect.gemini.GeminiDialect;
import dev.hydra.settings.TestSettings;
import dev.hydra.upstream.GeminiUpstream;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {
    @TempDir
    private Path home;

    private Route route(String model, Set<String> known) {
        return new Routes(List.of(new GeminiUpstream(TestSettings.in(home, Map.of()))), List.of(new GeminiDialect()), known::contains,
                List::of)
                .candidates(model).getFirst();
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-2.5-flash, gemini-2.5-flash, ''",
        "models/gemini-2.5-flash-search, gemini-2.5-flash, SEARCH",
        "gemini-2.5-flash-non-thinking, gemini-2.5-flash, NON_THINKING",
        "gemini-2.5-flash-search-non-thinking, gemini-2.5-flash, SEARCH NON_THINKING",
        "gemini-2.5-flash-image, gemini-2.5-flash-image, ''",
        "gemini-2.5-flash-image-search, gemini-2.5-flash-image, SEARCH",
        "gemini-2.5-pro-image, gemini-2.5-pro, IMAGE",
        "unheard-of-image, unheard-of-image, ''",
        "unheard-of-search, unheard-of, SEARCH",
        "deep-search, deep-search, ''",
        "-search, -search, ''"})
    void suffixesAreTakenOffTheLongestKnownName(String asked, String model, String suffixes) {
        Route route = route(asked, Set.of("gemini-2.5-flash", "gemini-2.5-pro", "gemini-2.5-flash-image", "deep-search"));

        assertThat(route.model()).isEqualTo(model);
        Set<ModelSuffix> expected = EnumSet.noneOf(ModelSuffix.class);
        for (String suffix : suffixes.isEmpty() ? new String[0] : suffixes.split(" ")) {
            expected.add(ModelSuffix.valueOf(suffix));
        }
        assertThat(route.suffixes()).isEqualTo(expected);
    }

    @Test
    void aSuffixIsAWishInTheConversation() {
        Conversation plain = new Conversation(List.of(), List.of(), List.of(), ToolChoice.UNSET, Options.UNSET);

        Conversation wished = ModelSuffix.on(plain, EnumSet.allOf(ModelSuffix.class));

        assertThat(wished.tools()).singleElement()
                .satisfies(tool -> assertThat(((Tool.Hosted) tool).kind()).isEqualTo(Tool.Kind.WEB_SEARCH));
        assertThat(wished.options().modalities()).containsExactly("text", "image");
        assertThat(wished.options().thinking().amount()).isEqualTo(new Thinking.Amount.Off());
        assertThat(ModelSuffix.on(wished, Set.of(ModelSuffix.SEARCH)).tools()).hasSize(1);
    }
}
