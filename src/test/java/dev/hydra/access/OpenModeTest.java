package dev.hydra.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.access.OpenMode.Verdict;
import dev.hydra.settings.Cidr;
import dev.hydra.settings.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Product ACC-2, design §10.1: open on loopback only, closed in every other case. */
class OpenModeTest {
    private static final String CHAT = "/v1/chat/completions";

    @TempDir
    static Path freshHome;
    static Rig fresh;

    @TempDir
    Path home;

    @BeforeAll
    static void start() {
        fresh = Rig.executable(freshHome);
    }

    @AfterAll
    static void stop() {
        fresh.close();
    }

    @Test
    void theFreshExecutableTakesAnyKeyFromItsOwnMachine() {
        assertThat(fresh.said(FakeRequest.to(CHAT))).isEqualTo("granted local");
        assertThat(fresh.said(FakeRequest.to(CHAT).header("Authorization", "Bearer sk-hydra-local"))).isEqualTo("granted local");
        assertThat(fresh.said(FakeRequest.to(CHAT).header("x-api-key", "whatever"))).isEqualTo("granted local");
        assertThat(fresh.access.isOpen()).isTrue();
    }

    @Test
    void aTokenEndsTheOpenModeForGood() {
        try (Rig rig = Rig.executable(home)) {
            NewToken made = rig.tokens.create("only", Optional.empty(), Optional.empty());
            FakeRequest known = FakeRequest.to(CHAT).header("Authorization", "Bearer " + made.value().reveal());

            assertThat(rig.said(FakeRequest.to(CHAT))).isEqualTo("NO_TOKEN");
            assertThat(rig.said(FakeRequest.to(CHAT).header("Authorization", "Bearer sk-hydra-local"))).isEqualTo("NO_TOKEN");
            assertThat(rig.said(known)).isEqualTo("granted only");

            rig.tokens.revoke(made.token().id());
            assertThat(rig.said(known)).isEqualTo("NO_TOKEN");
            assertThat(rig.said(FakeRequest.to(CHAT))).as("the last token has gone").isEqualTo("NO_TOKEN");
            assertThat(rig.access.isOpen()).isFalse();
        }
    }

    @Test
    void aDeployedWarIsNeverOpen() {
        assertThat(check(new Settings.Server("127.0.0.1", 8000, List.of(), false), Optional.empty())).isEqualTo(Verdict.NOT_LOCAL);
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0, NOT_LOCAL", "::, NOT_LOCAL", "192.168.1.20, NOT_LOCAL", "gateway.invalid, NOT_LOCAL", "127.0.0.1, LOCAL",
        "localhost, LOCAL", "::1, LOCAL",
        "127.0.0.2, LOCAL"})
    void anExecutableIsOpenOnlyWhereItBoundLoopback(String host, Verdict verdict) {
        assertThat(check(new Settings.Server(host, 8000, List.of(), true), Optional.empty())).isEqualTo(verdict);
    }

    @Test
    void anExecutableWithAProxyBeforeItIsClosed() {
        assertThat(check(new Settings.Server("127.0.0.1", 8000, List.of(Cidr.parse("127.0.0.1")), true), Optional.empty()))
                .isEqualTo(Verdict.NOT_LOCAL);
    }

    @ParameterizedTest
    @CsvSource({"https://llm.example.com, NOT_LOCAL", "http://localhost:8000, LOCAL"})
    void aPublicAddressThatIsNotLoopbackClosesIt(URI address, Verdict verdict) {
        assertThat(check(new Settings.Server("127.0.0.1", 8000, List.of(), true), Optional.of(address))).isEqualTo(verdict);
    }

    private Verdict check(Settings.Server server, Optional<URI> publicUrl) {
        return new OpenMode(Rig.settings(home, server, "", publicUrl)).check(FakeRequest.to(CHAT).made(),
                Authority.parse("127.0.0.1:8000"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.9.10", "::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1", "::1%0"})
    void loopbackPeersAreLocal(String peer) {
        assertThat(fresh.said(FakeRequest.to(CHAT).from(peer))).isEqualTo("granted local");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.5", "192.168.1.7", "0.0.0.0", "::", "::ffff:10.0.0.5", "::ffff:0.0.0.0", "fe80::1%eth0", "128.0.0.1",
        "", "localhost", "2130706433"})
    void otherPeersAreNot(String peer) {
        assertThat(fresh.said(FakeRequest.to(CHAT).from(peer))).isEqualTo("NO_TOKEN");
    }

    /** Spec defects S26: every trace of a proxy or tunnel, whatever it says. */
    @ParameterizedTest
    @ValueSource(strings = {"Forwarded", "X-Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port",
        "X-Forwarded-Server",
        "X-Forwarded-By", "X-Forwarded-Prefix", "X-Forwarded-Ssl", "X-Forwarded-Client-Cert", "Forwarded-For", "X-Original-Forwarded-For",
        "X-Original-Host",
        "X-Original-URL", "X-Real-IP", "X-Client-IP", "X-Cluster-Client-IP", "X-ProxyUser-Ip", "X-Remote-IP", "X-Remote-Addr",
        "X-Originating-IP", "Via",
        "True-Client-IP", "Client-IP", "Proxy-Client-IP", "WL-Proxy-Client-IP", "CF-Connecting-IP", "CF-Connecting-IPv6", "CF-Ray",
        "CF-Visitor",
        "CF-IPCountry", "CDN-Loop", "Fly-Client-IP", "Fly-Forwarded-Port", "Fastly-Client-IP", "Fastly-SSL", "Akamai-Origin-Hop",
        "Incap-Client-IP",
        "X-Appengine-User-Ip", "X-Azure-ClientIP", "X-Azure-SocketIP", "X-Envoy-External-Address", "X-Amzn-Trace-Id",
        "X-Vercel-Forwarded-For",
        "X-NF-Client-Connection-IP", "X-ARR-SSL", "Tailscale-User-Login", "Ngrok-Auth-User-Email", "X-Request-Start", "x-forwarded-for",
        "VIA"})
    void aTraceOfAProxyIsNotLocal(String header) {
        assertThat(fresh.said(FakeRequest.to(CHAT).header(header, "127.0.0.1"))).isEqualTo("NO_TOKEN");
        assertThat(fresh.said(FakeRequest.to("/admin/api/tokens").header(header, "127.0.0.1"))).isEqualTo("FORBIDDEN");
    }

    /** Names that official SDKs and agents send and that are no proxy's. */
    @ParameterizedTest
    @ValueSource(strings = {"x-stainless-lang", "x-goog-api-client", "anthropic-version", "x-app", "OpenAI-Organization", "traceparent",
        "originator", "X-Title"})
    void whatClientsSendIsNoTraceOfAProxy(String header) {
        assertThat(fresh.said(FakeRequest.to(CHAT).header(header, "x"))).isEqualTo("granted local");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:8000", "127.0.0.1.evil.example", "localhost.evil.example:8000", "0.0.0.0:8000",
        "[::]:8000", "2130706433",
        "[::ffff:127.0.0.1]:8000", "[::ffff:7f00:1]", "[::127.0.0.1]", "127.0.0.1.nip.io:8000",
        "127.1", "0177.0.0.1", "169.254.169.254", "host.docker.internal:8000", "localhost."})
    void aReboundOrForeignNameIsNotLocal(String host) {
        assertThat(fresh.said(FakeRequest.to(CHAT).header("Host", host))).isEqualTo("NO_TOKEN");
        assertThat(fresh.said(FakeRequest.to("/dashboard").header("Host", host))).isEqualTo("FORBIDDEN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LocalHost:8000", "127.0.0.1:9", "[::1]:8000", "[::1]", "127.3.4.5:8000"})
    void loopbackNamesAre(String host) {
        assertThat(fresh.said(FakeRequest.to(CHAT).header("Host", host))).isEqualTo("granted local");
    }

    @Test
    void aRequestWithoutHostIsNotLocal() {
        assertThat(fresh.said(FakeRequest.to(CHAT).without("Host"))).isEqualTo("NO_TOKEN");
    }

    /** What a bare proxy_pass of nginx leaves: loopback as peer and as Host, no header of its own, but HTTP/1.0. */
    @Test
    void oldHttpIsAProxysAndNotLocal() {
        FakeRequest chat = FakeRequest.to(CHAT).protocol("HTTP/1.0").header("Connection", "close");

        assertThat(fresh.said(chat)).isEqualTo("NO_TOKEN");
        assertThat(fresh.said(FakeRequest.to("/admin/api/tokens").protocol("HTTP/1.0"))).isEqualTo("FORBIDDEN");
        assertThat(fresh.said(FakeRequest.to("/health").protocol("HTTP/1.0"))).as("health checks of proxies")
                .isEqualTo("granted anonymous");
    }

    /** Spec defects S2. */
    @ParameterizedTest
    @ValueSource(strings = {"x/?#", "", "a b", "127.0.0.1:99999", "127.0.0.1:", "127.0.0.1:8000/admin", "user@localhost", "[::1",
        "[localhost]", "localhost:8000:1",
        "localhost,evil", "\u0000", "[::1]x"})
    void aMalformedHostIsABadRequest(String host) {
        assertThat(fresh.said(FakeRequest.to(CHAT).header("Host", host))).isEqualTo("MALFORMED");
        assertThat(fresh.said(FakeRequest.to("/admin/api/tokens").header("Host", host))).isEqualTo("MALFORMED");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "-, -, granted local", "http://127.0.0.1:8000, same-origin, granted local", "-, none, granted local",
        "-, same-origin, granted local",
        "http://127.0.0.1:8000, -, granted local", "https://evil.example, -, FORBIDDEN", "https://evil.example, cross-site, FORBIDDEN",
        "-, cross-site, FORBIDDEN",
        "-, same-site, FORBIDDEN", "null, -, FORBIDDEN", "http://127.0.0.1:3000, -, FORBIDDEN", "http://localhost:8000, -, FORBIDDEN",
        "http://127.0.0.1:8000.evil.example, -, FORBIDDEN", "'', -, FORBIDDEN", "-, '', FORBIDDEN"})
    void noForeignPageMayUseIt(String origin, String site, String said) {
        FakeRequest chat = FakeRequest.to(CHAT).method("POST");
        FakeRequest admin = FakeRequest.to("/admin/api/pool/reset").method("POST");
        for (FakeRequest request : List.of(chat, admin)) {
            if (origin != null) {
                request.header("Origin", origin);
            }
            if (site != null) {
                request.header("Sec-Fetch-Site", site);
            }
            assertThat(fresh.said(request)).isEqualTo(said);
        }
    }
}
