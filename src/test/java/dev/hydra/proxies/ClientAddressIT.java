package dev.hydra.proxies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.proxies.ReverseProxy.Setup;
import dev.hydra.support.Http;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The address that the record shows: the client's through a trusted proxy, whatever the client claims; through any other, the proxy's own. */
@ParameterizedClass(name = "{0}")
@EnumSource(ReverseProxy.class)
record ClientAddressIT(ReverseProxy program) {
    private static final String PROXY = "127.0.0.1";
    private static final byte[] CHAT = "{\"model\":\"gemini-2.5-flash\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}"
            .getBytes(StandardCharsets.UTF_8);

    @TempDir
    private static Path home;
    private static GuardedGateway trusting;
    private static GuardedGateway trustingNobody;
    private static RunningProxy trustedProxy;
    private static RunningProxy otherProxy;

    @BeforeAll
    static void start() {
        trusting = GuardedGateway.trusting(home.resolve("trusting"), Map.of("HYDRA_AUDIT_FLUSH", "50ms"));
        trustingNobody = GuardedGateway.trustingNobody(home.resolve("nobody"));
    }

    @BeforeParameterizedClassInvocation
    static void startProxies(ReverseProxy program) {
        trustedProxy = RunningProxy.start(program, Setup.SHIPPED, home, trusting.url());
        otherProxy = RunningProxy.start(program, Setup.SHIPPED, home, trustingNobody.url());
    }

    @AfterParameterizedClassInvocation
    static void stopProxies() {
        trustedProxy.close();
        otherProxy.close();
    }

    @AfterAll
    static void stop() {
        trusting.close();
        trustingNobody.close();
    }

    /** What a client may send to be taken for somebody else. */
    static Stream<Claim> claims() {
        return Stream.of(new Claim("nothing"), new Claim("X-Forwarded-For", "10.9.9.9"), new Claim("x-forwarded-for", "10.9.9.9, 10.9.9.8"),
                new Claim("X-Forwarded-For", "10.9.9.9", "X-Forwarded-For", "10.9.9.8"), new Claim("Forwarded", "for=10.9.9.9"),
                new Claim("Forwarded", "for=10.9.9.9;host=evil", "X-Forwarded-For", "10.9.9.9"), new Claim("X-Real-IP", "10.9.9.9"),
                new Claim("CF-Connecting-IP", "10.9.9.9", "True-Client-IP", "10.9.9.9"), new Claim("X-Forwarded-For", ""),
                new Claim("X-Forwarded-For", "unknown"), new Claim("X-Forwarded-For", "::ffff:10.9.9.9"),
                // Headers that Connection names are dropped by proxies that add theirs too early (CVE-2022-31813).
                new Claim("Connection", "close, X-Forwarded-For, X-Forwarded-Host, X-Forwarded-Server, X-Forwarded-Proto"));
    }

    record Claim(String... headers) {
        @Override
        public String toString() {
            return String.join(" ", headers);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("claims")
    void isTheClientsThroughATrustedProxy(Claim claim) throws IOException {
        assertThat(recorded(trusting, trustedProxy, claim)).isEqualTo(RawCall.CLIENT);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("claims")
    void isTheProxysThroughAnyOther(Claim claim) throws IOException {
        assertThat(recorded(trustingNobody, otherProxy, claim)).isEqualTo(PROXY);
    }

    private static String recorded(GuardedGateway gateway, RunningProxy proxy, Claim claim) throws IOException {
        String[] headers = Stream.concat(Stream.of("Authorization", "Bearer " + gateway.token()),
                claim.headers().length == 1 ? Stream.empty() : Stream.of(claim.headers())).toArray(String[]::new);
        try (RawCall call = RawCall.send(RawCall.CLIENT, proxy.url(), "POST /v1/chat/completions", CHAT, headers)) {
            String answer = call.rest();
            assertThat(answer).startsWith("HTTP/1.1 200");
            String id = RawCall.header(answer, "x-request-id");
            return Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> row(gateway, id), Optional::isPresent).orElseThrow()
                    .getJsonObject("who").getString("address");
        }
    }

    private static Optional<JsonObject> row(GuardedGateway gateway, String requestId) {
        String page = Http.get(gateway.url().resolve("/admin/api/audit?limit=20"), gateway.admin()).body();
        return Json.object(page).getJsonArray("entries").getValuesAs(JsonObject.class).stream()
                .filter(row -> row.getJsonObject("asked").toString().contains(requestId)).findFirst();
    }
}
