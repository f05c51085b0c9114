package dev.hydra.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.keys.KeyList.Problem;
import dev.hydra.secret.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What keys.json and its like may hold. Numbers are rows of spec/defects.md. */
class KeyListTest {
    private static final String PLAIN = "[{\"email\":\"a@example.com\","
            + "\"api_key\":\"key-a\",\"project_id\":\"p\"},{\"api_key\":\"key-2\",\"notes\":\"ignored\"}]";

    @Test
    void hydrasFormatIsRead() {
        KeyList list = KeyList.parse(
                "[{\"email\":\"a@example.com\",\"api_key\":\" key-1 \",\"project_id\":\"p\",\"tier\":\"Premium\"},{\"api_key\":\"key-2\",\"email\":null}]");
        assertThat(list.problems()).isEmpty();
        assertThat(list.keys()).containsExactly(new NewKey(1, Secret.of("key-1"), "a@example.com", "p", Tier.PREMIUM),
                new NewKey(2, Secret.of("key-2"), "", "", Tier.FREE));
    }

    @Test
    void byteOrderMarksAreAccepted() throws IOException {
        for (byte[] bytes : List.of(marked(new int[] {0xEF, 0xBB, 0xBF}, StandardCharsets.UTF_8),
                marked(new int[] {0xFF, 0xFE}, StandardCharsets.UTF_16LE),
                marked(new int[] {0xFE, 0xFF}, StandardCharsets.UTF_16BE), marked(new int[0], StandardCharsets.UTF_8))) {
            assertThat(KeyList.parse(bytes).keys()).extracting(key -> key.secret().reveal()).containsExactly("key-a", "key-2");
        }
    }

    private static byte[] marked(int[] mark, Charset charset) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int part : mark) {
            bytes.write(part);
        }
        bytes.write(PLAIN.getBytes(charset));
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"key-1\",\"key-2\"]", "key-1\nkey-2\n", "key-1, key-2", "key-1;key-2",
        "{\"keys\":[\"key-1\",{\"api_key\":\"key-2\"}]}",
        "{\"keys\":\"key-1\\n key-2\"}"})
    void otherListsAreRead(String text) {
        assertThat(KeyList.parse(text).keys()).extracting(key -> key.secret().reveal()).containsExactly("key-1", "key-2");
    }

    @Test
    void bothKindsOfKeysAreTakenSinceTheLookProvesNothing() {
        String standard = "AI" + "za" + "x".repeat(35);
        String authorization = "A" + "Q." + "Ab_-".repeat(20);
        assertThat(KeyList.parse(standard + " " + authorization + " something-else").keys()).hasSize(3);
    }

    @Test
    void eachBadEntryIsNamedAndTheGoodOnesAreTaken() {
        KeyList list = KeyList.parse(
                "[{\"api_key\":\"good-1\"}, {\"api_key\":\"\"}, {\"email\":\"a@example.com\"}, {\"api_key\":7}, {\"api_key\":\"good-2\",\"project_id\":[]},"
                        + " {\"api_key\":\"two words\"}, 5, null, [], {\"api_key\":\"good-1\"}, \"good-3\", {\"api_key\":\"käy\"}, {\"api_key\":\""
                        + "x".repeat(513)
                        + "\"}, {\"api_key\":\"good-4\",\"tier\":\"gold\"}, {\"api_key\":\"good-5\",\"email\":true}]");
        assertThat(list.keys()).extracting(NewKey::entry).containsExactly(1, 11);
        assertThat(list.problems()).containsExactly(
                new Problem(2, "api_key", "is missing or empty; it must be a Gemini API key."),
                new Problem(3, "api_key", "is missing or empty; it must be a Gemini API key."),
                new Problem(4, "api_key", "must be a text, but is a number."),
                new Problem(5, "project_id", "must be a text, but is a list."),
                new Problem(6, "api_key", "has a space or a character that no key has; only printable ASCII is allowed."),
                new Problem(7, "", "must be an object with api_key, or a text, but is a number."),
                new Problem(8, "", "must be an object with api_key, or a text, but is null."),
                new Problem(9, "", "must be an object with api_key, or a text, but is a list."),
                new Problem(10, "api_key", "is the same key as entry 1."),
                new Problem(12, "api_key", "has a space or a character that no key has; only printable ASCII is allowed."),
                new Problem(13, "api_key", "has 513 characters; a key has at most 512."),
                new Problem(14, "tier", "must be free, standard, premium or enterprise, but is 'gold'."),
                new Problem(15, "email", "must be a text, but is true or false."));
        assertThat(list.problems().get(5)).hasToString("entry 7: must be an object with api_key, or a text, but is a number.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[{\"api_key\":\"good-1\"},{\"api_key\":\"good-2\"", "[\"good-1\", oops", "[\"good-1\"",
        "[\"good-1\"] trailing", "[\"good-1\" \"good-2\"]"})
    void brokenJsonIsSaidAndWhatStoodBeforeIsTaken(String text) {
        KeyList list = KeyList.parse(text);
        assertThat(list.complete()).isFalse();
        assertThat(list.keys()).extracting(key -> key.secret().reveal()).containsExactly("good-1");
        assertThat(list.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.toString()).contains("JSON").doesNotContain("good-");
            assertThat(problem.entry()).isZero();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"AIza****abcd", "sk...wxyz", "****", "AQ.…1234"})
    void aMaskedPreviewIsNeverTakenForAKey53(String preview) {
        assertThat(KeyList.parse("[\"" + preview + "\"]").keys()).isEmpty();
        assertThat(KeyList.parse("[\"" + preview + "\"]").problems()).singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("masked preview"));
    }

    @Test
    void whatIsNoTextIsRefusedWhole() {
        assertThat(KeyList.parse(new byte[] {(byte) 0xC3, 0x28}).problems()).singleElement()
                .hasToString("The text is neither UTF-8 nor UTF-16 with a byte-order mark.");
        assertThat(KeyList.read(Path.of("no/such/keys.json")).problems()).singleElement().asString().contains("no file");
        assertThat(KeyList.parse("").keys()).isEmpty();
        assertThat(KeyList.parse("[]").complete()).isTrue();
    }

    @Test
    void tenThousandEntriesAreRead() {
        String all = IntStream.range(0, 10_000).mapToObj(i -> "{\"api_key\":\"key-" + i + "\"}").collect(Collectors.joining(",", "[", "]"));
        assertThat(KeyList.parse(all).keys()).hasSize(10_000);
    }
}
