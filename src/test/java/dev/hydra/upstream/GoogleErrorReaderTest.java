package dev.hydra.upstream;

import static dev.hydra.upstream.GeminiSamples.bytes;
import static dev.hydra.upstream.GeminiSamples.error;
import static dev.hydra.upstream.GeminiSamples.info;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.upstream.GoogleError.Violation;
import dev.hydra.wire.Json;
import java.time.Duration;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoogleErrorReaderTest {
    private static GoogleError read(String body) {
        return GoogleErrorReader.read(500, bytes(body));
    }

    @Test
    void readsAllThatAnErrorSays() {
        GoogleError error = read(GeminiSamples.D);
        assertThat(error.code()).isEqualTo(429);
        assertThat(error.status()).isEqualTo("RESOURCE_EXHAUSTED");
        assertThat(error.message()).startsWith("You exceeded your current quota").endsWith("Please retry in 56.185908122s.");
        assertThat(error.quota().retryDelay()).contains(Duration.ofSeconds(56));
        assertThat(error.quota().violations()).containsExactly(new Violation("GenerateRequestsPerMinutePerProjectPerModel-FreeTier",
                "generativelanguage.googleapis.com/generate_content_free_tier_requests", "2"));
    }

    @Test
    void anArrayAroundItChangesNothing() {
        assertThat(read("[" + GeminiSamples.D + "]")).isEqualTo(read(GeminiSamples.D));
        assertThat(read("[{\"candidates\":[]},\r\n" + GeminiSamples.D + "]")).isEqualTo(read(GeminiSamples.D));
        assertThat(read("data: " + GeminiSamples.D + "\r\n\r\n")).isEqualTo(read(GeminiSamples.D));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 8})
    void aMessageThatIsADocumentIsOpened(int levels) {
        String body = GeminiSamples.D;
        for (int i = 0; i < levels; i++) {
            body = "{\"error\":{\"code\":500,\"message\":" + Json.string("\n" + body) + ",\"status\":\"Too Many Requests\"}}";
        }
        assertThat(read(body)).isEqualTo(read(GeminiSamples.D));
    }

    @Test
    void theOuterDetailsCountToo() {
        String inner = "{\"error\":{\"message\":\"inner\"}}";
        GoogleError error = read(error(403, "PERMISSION_DENIED", inner, info("SERVICE_DISABLED")));
        assertThat(error.message()).isEqualTo("inner");
        assertThat(error.code()).isEqualTo(403);
        assertThat(error.reasons()).containsExactly("SERVICE_DISABLED");
    }

    @Test
    void spacesAroundNamesAndValuesAreNotSeen() {
        String body = """
                {" error ":{"code":429," message":" x ","status":" RESOURCE_EXHAUSTED ","details":[
                {" @type ":" type.googleapis.com/google.rpc.RetryInfo "," retryDelay ":" 7s "},
                {"@type ": "type.googleapis.com / google.rpc.QuotaFailure",
                "violations ":[{" quotaId ":" A-PerDay ","quotaValue":20}]}]}}""";
        GoogleError error = read(body);
        assertThat(error.message()).isEqualTo("x");
        assertThat(error.status()).isEqualTo("RESOURCE_EXHAUSTED");
        assertThat(error.quota().retryDelay()).contains(Duration.ofSeconds(7));
        assertThat(error.quota().violations()).containsExactly(new Violation("A-PerDay", "", "20"));
    }

    @ParameterizedTest
    @CsvSource({"projects/123,123", "projects/my-project-1,my-project-1", "project_number:123,123",
        "projects/example.com:own,example.com:own",
        "api_key:abc,''", "projects/,''", "projects/a/b,''", "'projects/a b',''", "folders/1,''"})
    void theProjectIsToldByTheConsumer(String consumer, String project) {
        assertThat(read(error(403, "x", "y", info("Z", "consumer", consumer))).consumer().orElse("")).isEqualTo(project);
    }

    @Test
    void otherShapesOfAnErrorHaveAtLeastAMessage() {
        assertThat(read("{\"error\":\"plain\"}").message()).isEqualTo("plain");
        assertThat(read("{\"message\":\"bare\",\"code\":\"429\"}")).satisfies(bare -> {
            assertThat(bare.message()).isEqualTo("bare");
            assertThat(bare.code()).isEqualTo(429);
        });
        assertThat(GoogleErrorReader.isError(bytes("{\"candidates\":[]}"))).isFalse();
        assertThat(GoogleErrorReader.isError(bytes("[{\"error\":{}}]"))).isTrue();
    }

    /** Any cut and any changed byte of a real body. */
    @Property(tries = 1000)
    void damagedBodiesNeverThrow(@ForAll @IntRange(max = 5_000) int place, @ForAll byte changed, @ForAll boolean cut) {
        byte[] body = bytes("[" + GeminiSamples.D + "," + GeminiSamples.C + "]");
        int at = place % body.length;
        body[at] = changed;
        byte[] damaged = cut ? Arrays.copyOf(body, at) : body;
        assertThat(GoogleErrorReader.read(429, damaged).code()).isBetween(400, 599);
    }
}
