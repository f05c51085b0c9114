package dev.hydra.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.secret.Secret;
import dev.hydra.wire.HttpCall;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every provider; a test class of each extends this. */
abstract class UpstreamContract {
    static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    /** Of no known kind, so that only knowing it can remove it. */
    private static final Secret KEY = Secret.of("contract/key+0123456789");
    private static final byte[] BODY = "{\"a\":1}".getBytes(UTF_8);

    abstract Upstream upstream();

    /** Its base address, without a path. */
    abstract URI base();

    @Test
    void hasNames() {
        assertThat(upstream().id()).matches("[a-z][a-z0-9-]*");
        assertThat(upstream().dialect()).matches("[a-z][a-z0-9-]*");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theKeyIsInHeadersOnlyAndTheBodyIsSentAsItIs(boolean streamed) {
        HttpCall call = upstream().call("some-model", streamed, BODY, KEY);
        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.uri().toString()).startsWith(base() + "/").doesNotContain(KEY.reveal());
        assertThat(call.headers().values()).anyMatch(value -> value.contains(KEY.reveal()));
        assertThat(call.headers()).containsEntry("Content-Type", "application/json");
        assertThat(call.body()).isSameAs(BODY);
        assertThat(call.toString()).doesNotContain(KEY.reveal());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../../admin", "..", ".", "a/b", "a?key=1", "a#b", "a\r\nX: y", "a b", "a%2Fb", "a:b", "@host", "a\\b", "ü",
        "\uD800",
        "\0", "a;b", "", "//host/a", "https://host/"})
    void noModelNameChangesTheAddress(String model) {
        URI plain = upstream().call("some-model", true, BODY, KEY).uri();
        URI uri = upstream().call(model, true, BODY, KEY).uri();
        assertThat(uri.getRawAuthority()).isEqualTo(base().getRawAuthority());
        assertThat(uri.getScheme()).isEqualTo(base().getScheme());
        assertThat(uri.getRawQuery()).isEqualTo(plain.getRawQuery());
        assertThat(uri.getRawFragment()).isNull();
        assertThat(uri.getRawPath().split("/", -1)).hasSameSizeAs(plain.getRawPath().split("/", -1));
        assertThat(uri.normalize()).isEqualTo(uri);
        assertThat(uri.toString()).matches("[!-~]+");
    }

    static Stream<byte[]> hostileBodies() {
        String key = KEY.reveal();
        return Stream.of("", " ", "null", "true", "0", "\"text\"", "[]", "{}", "[[[]]]", "[null,1,\"a\",{}]", "{\"error\":null}",
                "{\"error\":[]}",
                "{\"error\":\"" + key + "\"}", "{\"error\":{\"message\":\"" + key + "\"}}",
                "{\"error\":{\"code\":1e999999,\"message\":{}}}",
                "{\"error\":{\"code\":-1,\"status\":7,\"message\":null,\"details\":{}}}",
                "{\"error\":{\"details\":[null,1,[],{\"violations\":7}]}}",
                "{\"error\":{\"code\":429,\"message\":\"x\",\"details\":[{\"retryDelay\":\"99999999999999999999h\"}]}}",
                "{\"error\":{\"code\":429,\"message\":\"Please retry in .s.\",\"details\":[{\"violations\":[null,{},{\"quotaId\":[]}]}]}}",
                "<html><body>" + key + " Bad Gateway</body></html>", "{\"error\":{\"message\":\"cut he", "\u0000", "\uFEFF{}", "data:",
                "data: {\"error\"",
                "[".repeat(100_000), "{\"error\":".repeat(50_000), "{\"a\":\"" + "x".repeat(300_000)).map(text -> text.getBytes(UTF_8));
    }

    static Stream<byte[]> bytesThatAreNoText() {
        return Stream.of(new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1}, new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}'},
                new byte[100]);
    }

    @ParameterizedTest
    @MethodSource({"hostileBodies", "bytesThatAreNoText"})
    void everyErrorHasAVerdictWhateverItsBody(byte[] body) {
        IntStream.of(400, 401, 402, 403, 404, 408, 409, 413, 429, 499, 500, 502, 503, 504, 599, 0, -1, 8, 16, 1000).forEach(status -> {
            Verdict verdict = upstream().verdict(status, body, "some-model", NOW, KEY);
            assertThat(verdict).isNotInstanceOf(Verdict.Accepted.class);
            assertThat(message(verdict)).isNotBlank().doesNotContain(KEY.reveal()).hasSizeLessThan(5_000);
            assertThat(until(verdict).stream()).allMatch(NOW::isBefore);
            assertThat(verdict.toString()).doesNotContain(KEY.reveal());
        });
    }

    @Test
    void statusesMeanTheSameWithAndWithoutABody() {
        assertThat(bare(200)).isInstanceOf(Verdict.Accepted.class);
        assertThat(bare(400)).isInstanceOf(Verdict.CallerError.class);
        assertThat(bare(401)).isInstanceOf(Verdict.Rejected.class);
        assertThat(bare(402)).isInstanceOf(Verdict.Exhausted.class);
        assertThat(bare(404)).isInstanceOf(Verdict.ModelUnavailable.class);
        assertThat(bare(413)).isInstanceOf(Verdict.CallerError.class);
        assertThat(bare(429)).isInstanceOf(Verdict.Exhausted.class);
        assertThat(bare(500)).isInstanceOf(Verdict.RetryOnce.class);
        assertThat(bare(502)).isInstanceOf(Verdict.RetryOnce.class);
        assertThat(bare(503)).isInstanceOf(Verdict.Overloaded.class);
        assertThat(bare(504)).isInstanceOf(Verdict.RetryOnce.class);
    }

    private Verdict bare(int status) {
        return upstream().verdict(status, new byte[0], "some-model", NOW);
    }

    static String message(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted v -> "";
            case Verdict.Exhausted v -> v.message();
            case Verdict.Rejected v -> v.message();
            case Verdict.ModelUnavailable v -> v.message();
            case Verdict.Overloaded v -> v.message();
            case Verdict.RetryOnce v -> v.message();
            case Verdict.WrongOwner v -> v.message();
            case Verdict.RegionRefused v -> v.message();
            case Verdict.CallerError v -> v.message();
        };
    }

    private static Optional<Instant> until(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Exhausted v -> Optional.of(v.until());
            case Verdict.ModelUnavailable v -> Optional.of(v.until());
            case Verdict.Overloaded v -> v.until();
            case Verdict.Accepted v -> Optional.empty();
            case Verdict.Rejected v -> Optional.empty();
            case Verdict.RetryOnce v -> Optional.empty();
            case Verdict.WrongOwner v -> Optional.empty();
            case Verdict.RegionRefused v -> Optional.empty();
            case Verdict.CallerError v -> Optional.empty();
        };
    }
}
