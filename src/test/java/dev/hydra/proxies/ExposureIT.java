package dev.hydra.proxies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.proxies.ReverseProxy.Setup;
import dev.hydra.support.Http;
import dev.hydra.support.RunningHydra;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Product ACC-3, spec defects S2, S25, S26, S29, S31: no spoofed header, foreign name or smuggled request opens dashboard, admin API or models, directly and
 * through each proxy, also one that adds no header at all.
 */
class ExposureIT {
    private static final List<String> PATHS = List.of("/dashboard", "/dashboard/", "/admin/api/tokens");
    private static final List<String> SPOOFED = List.of("X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Cf-Connecting-Ip",
            "True-Client-IP", "Client-IP");
    private static final List<String> FOREIGN = List.of("evil.example", "evil.example:8000", "0.0.0.0", "0.0.0.0:8000",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]:8000", "127.0.0.1.nip.io", "localhost.evil.example:8000", "x/?#", "127.0.0.1/admin");

    @TempDir
    private static Path home;
    /** Fresh, on loopback: open to its own machine. */
    private static RunningHydra open;
    /** Trusts a proxy on 127.0.0.1, asks for a password, lets only one address in. */
    private static GuardedGateway guarded;

    @BeforeAll
    static void start() {
        open = RunningHydra.start(home.resolve("open"), Map.of());
        guarded = GuardedGateway.trusting(home.resolve("guarded"), Map.of("HYDRA_ADMIN_ALLOW", "127.0.0.1, " + RawCall.CLIENT));
    }

    @AfterAll
    static void stop() {
        open.close();
        guarded.close();
    }

    private static Stream<String[]> spoofs() {
        return Stream.concat(Stream.of("127.0.0.1", RawCall.CLIENT, "::1", "::ffff:127.0.0.1", "localhost", "")
                .flatMap(value -> SPOOFED.stream().map(name -> new String[] {name, value})),
                Stream.of(new String[] {"Forwarded", "for=127.0.0.1"}, new String[] {"Forwarded", "for=\"[::1]\";host=localhost"},
                        new String[] {"Forwarded", "for=127.0.0.1", "X-Forwarded-For", "127.0.0.1"}));
    }

    @Test
    void theOpenGatewayIsOpenToItsMachineOrThisTestWouldShowNothing() throws IOException {
        assertThat(RawCall.get(RawCall.CLIENT, open.url(), "/admin/api/tokens")).startsWith("HTTP/1.1 200");
    }

    @Test
    void nothingOpensADirectlyCalledGateway() throws IOException {
        assertNoSpoofOpens(open.url(), "Host", "localhost");
        assertNoForeignNameOpens(open.url());
    }

    @ParameterizedTest
    @EnumSource(ReverseProxy.class)
    void theShippedConfigurationsOpenNothing(ReverseProxy program) throws IOException {
        for (URI gateway : List.of(open.url(), guarded.url())) {
            try (RunningProxy proxy = RunningProxy.start(program, Setup.SHIPPED, home, gateway)) {
                assertRefused(proxy.url());
                assertRefused(proxy.url(), "Host", "localhost");
                assertRefused(proxy.url(), "Host", "localhost", "Connection",
                        "close, X-Forwarded-For, X-Forwarded-Host, X-Forwarded-Server, X-Forwarded-Proto");
                assertNoSpoofOpens(proxy.url(), "Host", "localhost");
                assertNoForeignNameOpens(proxy.url());
            }
        }
    }

    /**
     * A proxy that adds nothing cannot be told from a local caller when the client names localhost itself and the proxy speaks HTTP/1.1 (HAProxy here): a
     * gateway behind one needs HYDRA_TRUSTED_PROXIES, as the guarded one has. nginx and httpd leave traces enough.
     */
    @ParameterizedTest
    @EnumSource(ReverseProxy.class)
    void bareProxiesOpenNothing(ReverseProxy program) throws IOException {
        try (RunningProxy proxy = RunningProxy.start(program, Setup.BARE, home, open.url())) {
            if (program != ReverseProxy.HAPROXY) {
                assertRefused(proxy.url());
                assertRefused(proxy.url(), "Host", "localhost");
            }
            assertNoSpoofOpens(proxy.url(), "Host", "localhost");
            assertNoForeignNameOpens(proxy.url());
        }
        try (RunningProxy proxy = RunningProxy.start(program, Setup.BARE, home, guarded.url())) {
            assertRefused(proxy.url());
            assertNoSpoofOpens(proxy.url(), "Host", "localhost");
            assertNoForeignNameOpens(proxy.url());
        }
    }

    /** The sign-in counts only from an allowed address, and that is the client's own. */
    @ParameterizedTest
    @EnumSource(ReverseProxy.class)
    void theAllowedAddressesAreThoseOfClients(ReverseProxy program) throws IOException {
        String password = guarded.admin()[1];
        try (RunningProxy proxy = RunningProxy.start(program, Setup.SHIPPED, home, guarded.url())) {
            assertThat(RawCall.get(RawCall.CLIENT, proxy.url(), "/admin/api/tokens", "Authorization", password)).startsWith("HTTP/1.1 200");
            assertThat(RawCall.get("127.0.0.3", proxy.url(), "/admin/api/tokens", "Authorization", password)).startsWith("HTTP/1.1 403");
            assertThat(RawCall.get("127.0.0.3", proxy.url(), "/admin/api/tokens", "Authorization", password, "X-Forwarded-For",
                    RawCall.CLIENT))
                    .startsWith("HTTP/1.1 403");
            assertThat(RawCall.get("127.0.0.3", proxy.url(), "/admin/api/tokens", "Authorization", password, "Connection",
                    "close, X-Forwarded-For"))
                    .startsWith("HTTP/1.1 403");
        }
    }

    /** A body that one side takes for the next request would reach the open gateway without any trace of the proxy. */
    @ParameterizedTest
    @EnumSource(ReverseProxy.class)
    void nothingIsSmuggledIn(ReverseProxy program) throws IOException {
        String token = "{\"name\":\"smuggled\"}";
        String hidden = "POST /admin/api/tokens HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + token.length()
                + "\r\n\r\n" + token;
        byte[] chunked = ("0\r\n\r\n" + hidden).getBytes(StandardCharsets.US_ASCII);
        String length = Integer.toString(chunked.length);
        List<String[]> framings = List.of(new String[] {"Content-Length", length, "Transfer-Encoding", "chunked"},
                new String[] {"Content-Length", "5", "Transfer-Encoding", "xchunked"},
                new String[] {"Content-Length", length, "Content-Length", "5"},
                new String[] {"Content-Length", "5", "Transfer-Encoding", "chunked, identity"},
                new String[] {"Content-Length", length, "Transfer-Encoding ", "chunked"},
                new String[] {"Content-Length", length, "Transfer-Encoding", "\u000bchunked"},
                new String[] {"Content-Length", length, "X", "y\r\n Transfer-Encoding: chunked"},
                new String[] {"Transfer-Encoding", "chunked", "Transfer-Encoding", "identity", "Content-Length", length});
        try (RunningProxy proxy = RunningProxy.start(program, Setup.SHIPPED, home, open.url())) {
            for (URI target : List.of(open.url(), proxy.url())) {
                for (String[] framing : framings) {
                    try (RawCall call = RawCall.send(RawCall.CLIENT, target, "POST /v1/nothing", chunked,
                            with(framing, "Host", "evil.example"))) {
                        assertThat(call.rest()).as(String.join(" ", framing)).doesNotContain("hydra-");
                    }
                    assertThat(RawCall.get(RawCall.CLIENT, target, "/health")).as("the next request").startsWith("HTTP/1.1 200");
                }
            }
        }
        assertThat(Http.get(open.url().resolve("/admin/api/tokens")).body()).doesNotContain("smuggled");
    }

    private static void assertNoSpoofOpens(URI target, String... headers) throws IOException {
        for (String[] spoof : spoofs().toList()) {
            assertRefused(target, with(headers, spoof));
        }
    }

    private static void assertNoForeignNameOpens(URI target) throws IOException {
        for (String host : FOREIGN) {
            assertRefused(target, "Host", host);
            assertRefused(target, "Host", host, "X-Forwarded-For", "127.0.0.1");
        }
    }

    private static void assertRefused(URI target, String... headers) throws IOException {
        for (String path : PATHS) {
            assertThat(RawCall.status(RawCall.get(RawCall.CLIENT, target, path, headers))).as(path + " " + String.join(" ", headers))
                    .isIn(400, 401, 403);
        }
        assertThat(RawCall.status(RawCall.get(RawCall.CLIENT, target, "/v1/models", headers))).as("models " + String.join(" ", headers))
                .isIn(400, 401);
    }

    private static String[] with(String[] some, String... more) {
        List<String> all = new ArrayList<>(List.of(some));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
