package dev.hydra.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydra.gateway.Models.Entry;
import dev.hydra.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelPageTest {
    private static final List<Entry> MODELS = Stream.of("a", "b", "c", "d", "e")
            .map(id -> new Entry(id, "Model " + id, 1000, 0, List.of("generateContent"))).toList();

    @Test
    void pagesTogetherAreTheWholeListInOrder() {
        List<String> seen = new ArrayList<>();
        String token = "";
        do {
            ModelPage page = ModelPage.of(MODELS, "2", token);
            page.models().forEach(model -> seen.add(model.id()));
            token = page.next();
        } while (!token.isEmpty());

        assertThat(seen).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void aModelInGeminisShape() {
        assertThat(Json.object((byte[]) ModelPage.response(MODELS.getFirst()).getEntity()))
                .hasToString("{\"name\":\"models/a\",\"displayName\":\"Model a\",\"inputTokenLimit\":1000,"
                        + "\"supportedGenerationMethods\":[\"generateContent\"]}");
    }

    @ParameterizedTest
    @CsvSource({"-1, ''", "many, ''", "99999999999, ''", "2, ***"})
    void wrongParametersAreNamed(String size, String token) {
        assertThatThrownBy(() -> ModelPage.of(MODELS, size, token)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(token.isEmpty() ? "pageSize" : "pageToken");
    }
}
