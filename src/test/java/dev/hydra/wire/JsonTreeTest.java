package dev.hydra.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read here and what JSON-P's own parser reads must be the same to the last character. */
class JsonTreeTest {
    @Property(tries = 1000)
    void readsWhatTheParserReads(@ForAll long seed) {
        String json = RandomJson.object(seed);
        assertSame(json);
    }

    @Property(tries = 1000)
    void aPartOfAnArrayIsReadAlone(@ForAll long seed) {
        String json = RandomJson.object(seed);
        byte[] around = ("}]\"" + json + "{\"").getBytes(UTF_8);
        assertThat(JsonTree.read(around, 3, json.getBytes(UTF_8).length)).contains(Json.value(json));
    }

    @Property(tries = 3000)
    void whatItTakesTheParserTakes(@ForAll long seed, @ForAll @IntRange(min = 0, max = 10_000) int at, @ForAll byte with) {
        byte[] bytes = RandomJson.object(seed).getBytes(UTF_8);
        bytes[at % bytes.length] = with;
        JsonTree.read(bytes, 0, bytes.length).ifPresent(read -> assertThat(read).isEqualTo(Json.value(new String(bytes, UTF_8))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "-1", "999999999", "1234567890", "-1234567890", "999999999999999999", "9223372036854775808", "1.0",
        "1.50",
        "1e5", "1E-400", "-0.0", "\"\\ud83d\"", "\"\\u0000\"", "{\"a\":1,\"a\":2}", "{\"\":{}}", "[[],{}]", " null ",
        "\"\u00e9\uD83D\uDE00\"",
        "{\"\u00e9\\n\":true}", "{\"a name of more than forty characters is rare\":false}"})
    void keepsEveryValueAsItIsWritten(String json) {
        assertSame(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,}", "[1,]", "[1 2]", "{\"a\" 1}", "{1:1}", "nul", "-", "1.",
                "\"a", "\"\n\"", "\uFEFF{}", "'a'"})
    void whatIsNotJsonIsLeftToTheParser(String json) {
        assertThat(JsonTree.read(json.getBytes(UTF_8), 0, json.getBytes(UTF_8).length)).isEmpty();
        assertThatThrownBy(() -> Json.value(json.getBytes(UTF_8))).isInstanceOf(JsonException.class);
    }

    /** The parser is lenient about them. */
    @ParameterizedTest
    @ValueSource(strings = {"01", "1 2", "{} x"})
    void whatIsDoubtfulIsLeftToTheParserToo(String json) {
        assertThat(JsonTree.read(json.getBytes(UTF_8), 0, json.getBytes(UTF_8).length)).isEmpty();
        assertThat(Json.value(json.getBytes(UTF_8))).isEqualTo(Json.value(json));
    }

    @Test
    void bytesThatAreNoUtf8AreReplacedAsBefore() {
        byte[] json = {'{', '"', 'a', '"', ':', '"', (byte) 0xC3, '"', '}'};
        assertThat(Json.object(json).getString("a")).isEqualTo("\uFFFD");
    }

    @Test
    void aNumberBeyondAllMeasureIsLeftToTheParser() {
        byte[] json = "{\"seed\":1e99999999999}".getBytes(UTF_8);
        assertThat(JsonTree.read(json, 0, json.length)).isEmpty();
        assertThatThrownBy(() -> Json.object(json)).isInstanceOf(JsonException.class);
    }

    @Test
    void deepNestingIsLeftToTheParser() {
        String deep = "[".repeat(500) + "]".repeat(500);
        assertThat(JsonTree.read(deep.getBytes(UTF_8), 0, deep.length())).isEmpty();
        assertThat(Json.value(deep.getBytes(UTF_8)).toString()).isEqualTo(deep);
    }

    @Test
    void namesThatShareAPlaceAreToldApart() {
        // Same length, first, middle and last byte.
        JsonObject read = Json.object("{\"abXcd\":1,\"aYXZd\":2,\"abXcd \":3}".getBytes(UTF_8));
        assertThat(read.keySet()).containsExactly("abXcd", "aYXZd", "abXcd ");
    }

    private static void assertSame(String json) {
        byte[] bytes = json.getBytes(UTF_8);
        Optional<JsonValue> read = JsonTree.read(bytes, 0, bytes.length);
        JsonValue parsed = Json.value(json);
        assertThat(read).contains(parsed);
        assertThat(read.orElseThrow().toString()).isEqualTo(parsed.toString());
        assertThat(Arrays.equals(bytes, json.getBytes(UTF_8))).as("the bytes are not changed").isTrue();
    }
}
