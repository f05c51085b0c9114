package dev.hydra.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    private static final String BODY = "Sy0123456789abcdefghijklmnop_-QRSTUV".substring(0, 35);
    private static final String STANDARD = "AI" + "za" + BODY;

    static Stream<String> keys() {
        return Stream.of(STANDARD, "AQ" + ".Ab8RN6" + BODY, "ya" + "29." + BODY, "auth" + "_tokens/" + BODY, "hydra" + "-"
                + "a1B2".repeat(10),
                "sk" + "-" + "a1B2".repeat(12), "sk" + "-proj-" + "a1_B-2".repeat(9), "sk" + "-ant-api03-" + "a1B2".repeat(9));
    }

    static Stream<String> places() {
        return Stream.of("%s", "Consumer 'api_key:%s' has been suspended.", "https://host/v1beta/models?key=%s&alt=sse", "{\"k\":\"%s\"}",
                "(%s)",
                "Authorization: Bearer %s", "a\n%s\nb", "key%%3D%s%%26alt", "x-goog-api-key: %s", "two: %1$s and %1$s", "ü%s");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aKeyOfAKnownKindIsRemovedWhereverItStands(String key) {
        assertThat(places()).allSatisfy(place -> assertThat(Redaction.text(place.formatted(key)))
                .contains(Redaction.MARK).doesNotContain(key).doesNotContain(key.substring(key.length() - 12)));
    }

    @Test
    void theRestOfTheTextStays() {
        assertThat(Redaction.text("Permission denied: Consumer 'api_key:" + STANDARD + "' has been suspended."))
                .isEqualTo("Permission denied: Consumer 'api_key:[redacted]' has been suspended.");
        assertThat(Redaction.text("GET /v1beta/models?key=whatever&alt=sse HTTP/1.1"))
                .isEqualTo("GET /v1beta/models?key=[redacted]&alt=sse HTTP/1.1");
        assertThat(Redaction.text("{\"api_key\": \"whatever\", \"model\": \"m\"}"))
                .isEqualTo("{\"api_key\": \"[redacted]\", \"model\": \"m\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"key=abc", "KEY=abc", "api_key:abc", "apiKey = abc", "API-Key: abc", "Bearer abc", "authorization: bearer  abc",
        "api_key=Bearer abc", "?api_key=abc", "Bearer%20abc", "key%3Dabc", "\\\"api_key\\\":\\\"abc\\\""})
    void whatFollowsALabelIsRemoved(String text) {
        assertThat(Redaction.text(text)).contains(Redaction.MARK).doesNotContain("abc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "API key not valid. Please pass a valid API key.", "API_KEY_INVALID", "a risk-assessment-of-everything",
        "task-0123456789-abcdefghij", "AIza...", "ask the AQ. team", "hydra-gateway-production-eu",
        "The input token count (1048577) exceeds",
        "Function call is missing a thought_signature", "Unknown name \"prompt_cache_key\": Cannot find field.", "bearers of news"})
    void ordinaryTextStaysTheSameObject(String text) {
        assertThat(Redaction.text(text, Secret.of("none"), Secret.NONE)).isSameAs(text);
    }

    @Test
    void aKnownSecretIsRemovedWhateverItLooksLike() {
        Secret odd = Secret.of("my own/secret+text");
        assertThat(Redaction.text("(my own/secret+textmy own/secret+text) my own", odd)).isEqualTo("([redacted]) my own");
    }

    @Test
    void secretsThatOverlapAreAllRemoved() {
        Secret known = Secret.of(STANDARD.substring(30) + "+tail/of it");
        assertThat(Redaction.text("<" + STANDARD + "+tail/of it>", known)).isEqualTo("<[redacted]>");
    }

    @Test
    void redactingTwiceChangesNothing() {
        String once = Redaction.text("Bearer " + STANDARD + " key=abc");
        assertThat(Redaction.text(once)).isEqualTo(once).isEqualTo("Bearer [redacted] key=[redacted]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AI" + "za", "AQ.", "key=", "Bearer ", "api_key: ", "sk-", "a", "key=\"", "Bearer Bearer", "hydra-", "'\\ :="})
    void longHostileTextIsDoneAtOnce(String piece) {
        String text = piece.repeat(4_000_000 / piece.length());
        assertThat(Redaction.text(text, Secret.of("a".repeat(100) + "b"))).hasSizeLessThan(3 * text.length());
    }

    @Property(tries = 500)
    void noKnownSecretSurvivesBetweenAnyText(@ForAll String before, @ForAll String after, @ForAll @IntRange(min = 0, max = 7) int kind) {
        String key = keys().skip(kind).findFirst().orElseThrow();
        assertThat(Redaction.text(before + key + after, Secret.of(key))).doesNotContain(key);
        assertThat(Redaction.text(before + ' ' + key + ' ' + after)).doesNotContain(key);
    }
}
