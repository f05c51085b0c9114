package dev.hydra.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScanTest {
    private static final JsonScan SCAN = new JsonScan(10, List.of("model", "stream", "n"), List.of("files/", "cachedContents/"));

    @Test
    void wantedMembersOfTheOutermostObjectAreFound() {
        JsonScan.Found found = scan(" { \"stream\" : true, \"in\":{\"model\":\"wrong\"}, \"model\":\"a\\u0062/\\\"é\" , \"n\": [1, 2] } ");
        assertThat(found.string("model")).contains("ab/\"é");
        assertThat(found.truth("stream")).contains(true);
        assertThat(found.kind("n")).contains(JsonScan.Kind.ARRAY);
        assertThat(found.string("stream")).isEmpty();
        assertThat(found.truth("n")).isEmpty();
    }

    @Test
    void aMissingMemberIsEmptyAndAnUnwantedOneIsTheCallersMistake() {
        JsonScan.Found found = scan("{\"other\":1}");
        assertThat(found.kind("model")).isEmpty();
        assertThat(found.span("model")).isEmpty();
        assertThat(found.string("model")).isEmpty();
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> found.kind("other"));
    }

    @ParameterizedTest
    @CsvSource({"{}, OBJECT", "[], ARRAY", "'\"\"', STRING", "-1.5e3, NUMBER", "true, TRUE", "false, FALSE", "null, NULL"})
    void everyKindOfValueIsTold(String value, JsonScan.Kind kind) {
        assertThat(scan("{\"n\":" + value + "}").kind("n")).contains(kind);
    }

    @Test
    void theSpanOfAMemberIsItsValueSoThatItCanBeReplacedInPlace() {
        String text = "{\"a\":1, \"model\" : \"old\" ,\"n\":{\"x\":[]}}";
        JsonScan.Span span = scan(text).span("model").orElseThrow();
        assertThat(text.substring(span.start(), span.end())).isEqualTo("\"old\"");
        JsonScan.Span container = scan(text).span("n").orElseThrow();
        assertThat(text.substring(container.start(), container.end())).isEqualTo("{\"x\":[]}");
    }

    @Test
    void aKeyWrittenWithEscapesIsTheSameKey() {
        assertThat(scan("{\"m\\u006fdel\":\"x\"}").string("model")).contains("x");
    }

    @Test
    void stringsWithAWantedBeginningAreFoundAnywhereButNotAmongKeys() {
        assertThat(scan("{\"a\":[{\"u\":\"files/1\"},\"files/2\",\"files/1\"],\"c\":\"cachedContents\\/x\"}").matches())
                .containsExactly("files/1", "files/2", "cachedContents/x");
        assertThat(scan("{\"files/no\":\"my files/no\",\"f\":\"f\"}").matches()).isEmpty();
    }

    @Test
    void matchesAreLimited() {
        String many = IntStream.range(0, 1000).mapToObj(i -> "\"files/" + i + "\"").collect(Collectors.joining(",", "{\"a\":[", "]}"));
        assertThat(scan(many).matches()).hasSize(64);
        assertThat(scan("{\"a\":\"files/" + "x".repeat(5000) + "\"}").matches()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1,\"a\":2}", "{\"x\":[{\"a\":1,\"b\":2,\"a\":3}]}", "{\"a\":1,\"\\u0061\":2}", "{\"\":1,\"\":1}",
        "{\"a\":{\"b\":1},\"a\":{}}", "{\"é\":1,\"\\u00e9\":1}"})
    void aKeyThatComesTwiceInOneObjectIsRefused(String json) {
        assertThatExceptionOfType(MalformedJson.class).isThrownBy(() -> scan(json)).withMessageContaining("twice");
    }

    @Test
    void theSameKeyInDifferentObjectsIsNoDuplicate() {
        scan("{\"a\":{\"a\":{\"a\":1},\"b\":1},\"b\":[{\"a\":1},{\"a\":1}],\"c\":1}");
    }

    @Test
    void duplicatesAreFoundInLargeObjectsWithLargeObjectsInside() {
        String inner = keys(0, 5000, "1");
        String outer = IntStream.range(0, 40).mapToObj(i -> "\"k" + i + "\":{" + inner + "}").collect(Collectors.joining(","));
        scan("{" + outer + "}");
        assertThatExceptionOfType(MalformedJson.class).isThrownBy(() -> scan("{" + outer + ",\"k3\":1}")).withMessageContaining("twice");
        assertThatExceptionOfType(MalformedJson.class).isThrownBy(() -> scan("{" + keys(0, 5000, "{}") + ",\"k4999\":1}"))
                .withMessageContaining("twice");
    }

    @Test
    void objectsWithTooManyKeysAreRefused() {
        scan("{" + keys(0, 100_000, "0") + "}");
        assertThatExceptionOfType(MalformedJson.class).isThrownBy(() -> scan("{" + keys(0, 100_001, "0") + "}"))
                .withMessageContaining("more than 100000 keys");
    }

    @Test
    void depthIsLimited() {
        scan("{\"a\":" + "[".repeat(9) + "]".repeat(9) + "}");
        assertThatExceptionOfType(MalformedJson.class).isThrownBy(() -> scan("{\"a\":" + "[".repeat(10) + "]".repeat(10) + "}"))
                .withMessageContaining("deeper than 10");
        assertThatExceptionOfType(MalformedJson.class).isThrownBy(() -> scan("{\"a\":" + "[".repeat(1_000_000)));
        assertThatExceptionOfType(MalformedJson.class).isThrownBy(() -> scan("{\"a\":".repeat(1_000_000)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "1", "[]", "\"x\"", "null", "{", "{}{}", "{} x", "{,}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}",
        "{\"a\":1 \"b\":2}", "{a:1}", "{'a':1}", "{\"a\":[1,]}", "{\"a\":[,1]}", "{\"a\":[1 2]}", "{\"a\":[1}", "{\"a\":{]}",
        "{\"a\":01}", "{\"a\":-}", "{\"a\":+1}", "{\"a\":1.}", "{\"a\":.5}", "{\"a\":1e}", "{\"a\":1e+}", "{\"a\":0x1}",
        "{\"a\":NaN}", "{\"a\":Infinity}", "{\"a\":tru}", "{\"a\":truex}", "{\"a\":nul", "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12g4\"}", "{\"a\":\"\\u12", "{\"a\":\"\\", "{\"a\":\"x", "{\"a\":\"\t\"}", "{\"a\":\"\n\"}",
        "{\"a\":\"\u0000\"}", "\uFEFF{}", "{}\u00a0", "{\"a\":1}/*c*/", "{\"a\"\u000b:1}", "{\u00e9:1}"})
    void whatIsNotJsonIsRefused(String text) {
        assertThatExceptionOfType(MalformedJson.class).isThrownBy(() -> scan(text)).withMessageMatching(".+ \\(line \\d+, column \\d+\\)");
    }

    @ParameterizedTest
    @CsvSource({"80", "C0AF", "C1BF", "C3", "C328", "E08080", "E28228", "E282", "EDA080", "EDBFBF", "F0808080", "F0288CBC", "F09F98",
        "F4908080", "F5808080", "FF", "FEFF"})
    void whatIsNotUtf8IsRefused(String hex) {
        for (String before : List.of("", "1234567", "12345678", "é", "😀")) {
            byte[] json = bytes("{\"a\":\"" + before, hex, "xxxxxxxxx\"}");
            int place = 6 + before.getBytes(UTF_8).length;
            assertThatExceptionOfType(MalformedJson.class).isThrownBy(() -> SCAN.scan(json)).withMessageContaining("not UTF-8")
                    .satisfies(e -> assertThat(e.offset()).isEqualTo(place));
        }
    }

    @ParameterizedTest
    @CsvSource({"C280", "DFBF", "E0A080", "ED9FBF", "EE8080", "EFBFBF", "F0908080", "F48FBFBF", "7F"})
    void theEdgesOfUtf8AreAccepted(String hex) {
        assertThat(SCAN.scan(bytes("{\"model\":\"", hex, "\"}")).string("model")).isPresent();
    }

    @Test
    void theMessageNamesLineAndColumn() {
        assertThatExceptionOfType(MalformedJson.class).isThrownBy(() -> scan("{\n  \"a\": 1,\n  \"b\": x\n}"))
                .withMessage("a value is expected (line 3, column 8)").satisfies(e -> assertThat(e.offset()).isEqualTo(19));
        assertThatExceptionOfType(MalformedJson.class).isThrownBy(() -> scan("{\"a\":"))
                .withMessage("a value is expected, but the text ends (line 1, column 6)");
    }

    @Test
    void numbersOfUnreasonableLengthAreRefused() {
        scan("{\"a\":" + "1".repeat(1000) + "}");
        assertThatExceptionOfType(MalformedJson.class).isThrownBy(() -> scan("{\"a\":" + "1".repeat(1001) + "}"))
                .withMessageContaining("1000");
    }

    private static JsonScan.Found scan(String json) {
        return SCAN.scan(json.getBytes(UTF_8));
    }

    private static String keys(int from, int to, String value) {
        return IntStream.range(from, to).mapToObj(i -> "\"k" + i + "\":" + value).collect(Collectors.joining(","));
    }

    private static byte[] bytes(String before, String hex, String after) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(before.getBytes(UTF_8));
        out.writeBytes(HexFormat.of().parseHex(hex));
        out.writeBytes(after.getBytes(UTF_8));
        return out.toByteArray();
    }
}
