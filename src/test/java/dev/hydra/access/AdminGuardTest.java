package dev.hydra.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.settings.Cidr;
import dev.hydra.settings.Settings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Product ACC-3: who may use /admin and /dashboard. */
class AdminGuardTest {
    private static final String TOKENS = "/admin/api/tokens";
    private static final String PASSWORD = "correct horse: battery";

    @TempDir
    Path home;

    @Test
    void theExecutableOnLoopbackIsOpenToItsOwnMachine() {
        try (Rig rig = Rig.executable(home)) {
            rig.tokens.create("app", Optional.empty(), Optional.empty());
            assertThat(rig.said(FakeRequest.to("/v1/models"))).as("a token closes the models, not the owner's dashboard")
                    .isEqualTo("NO_TOKEN");
            for (String path : List.of("/admin", TOKENS, "/admin/api/pool/reset", "/dashboard", "/dashboard/", "/dashboard/keys.html")) {
                assertThat(rig.said(FakeRequest.to(path))).as(path).isEqualTo("granted local");
                assertThat(rig.said(FakeRequest.to(path).from("10.1.2.3"))).as(path).isEqualTo("FORBIDDEN");
            }
        }
    }

    @Test
    void aDeployedWarNeedsASignInEvenFromLoopback() {
        try (Rig rig = Rig.deployed(home)) {
            assertThat(rig.decide(FakeRequest.to(TOKENS))).isInstanceOfSatisfying(Decision.Denied.class,
                    denied -> assertThat(denied.message()).contains("HYDRA_ADMIN_PASSWORD"));
        }
        try (Rig rig = withPassword(false, List.of())) {
            assertThat(rig.said(FakeRequest.to(TOKENS))).isEqualTo("NO_SIGN_IN");
            assertThat(rig.said(basic(PASSWORD))).isEqualTo("granted admin");
            assertThat(rig.said(basic(PASSWORD + " "))).isEqualTo("NO_SIGN_IN");
            assertThat(rig.said(basic(""))).isEqualTo("NO_SIGN_IN");
            assertThat(rig.said(basic(PASSWORD).from("10.1.2.3").header("Host", "gateway.example.com"))).isEqualTo("granted admin");
            assertThat(rig.said(basic(PASSWORD).from("10.2.2.3"))).as("not an allowed address").isEqualTo("FORBIDDEN");
        }
    }

    @Test
    void aPasswordIsAskedForOnTheExecutableToo() {
        try (Rig rig = withPassword(true, List.of())) {
            assertThat(rig.said(FakeRequest.to(TOKENS))).isEqualTo("NO_SIGN_IN");
            assertThat(rig.said(basic(PASSWORD))).isEqualTo("granted admin");
        }
    }

    @Test
    void theOneTimeCredentialOpensAdminAndNeverModels() {
        try (Rig rig = Rig.executable(home)) {
            rig.access.begin();
            RunningServer server = RunningServer.in(home).orElseThrow();
            rig.tokens.create("app", Optional.empty(), Optional.empty());
            String credential = server.credential().reveal();

            assertThat(server.address()).isEqualTo(URI.create("http://127.0.0.1:8000"));
            assertThat(rig.said(FakeRequest.to(TOKENS).header("Authorization", "Bearer " + credential))).isEqualTo("granted admin");
            assertThat(rig.said(FakeRequest.to(TOKENS).header("x-hydra-admin", credential).header("Host", "gw.example.com")))
                    .isEqualTo("granted admin");
            assertThat(rig.said(FakeRequest.to(TOKENS).header("x-hydra-admin", credential).from("203.0.113.1"))).isEqualTo("FORBIDDEN");
            assertThat(rig.said(FakeRequest.to("/v1/models").header("Authorization", "Bearer " + credential))).isEqualTo("NO_TOKEN");
            assertThat(rig.said(FakeRequest.to("/v1/models").header("x-hydra-admin", credential))).isEqualTo("NO_TOKEN");
            rig.access.end();
            assertThat(RunningServer.in(home)).isEmpty();
        }
    }

    @Test
    void commandsOfTheSameMachineReachAServerThatIsNotOnLoopback() {
        try (Rig rig = Rig.with(home, new Settings.Server("192.168.1.5", 8000, List.of(), true), "", Optional.empty())) {
            rig.access.begin();
            String credential = RunningServer.in(home).orElseThrow().credential().reveal();
            FakeRequest own = FakeRequest.to(TOKENS).header("Host", "192.168.1.5:8000").header("x-hydra-admin", credential)
                    .from("192.168.1.5").at("192.168.1.5");

            assertThat(rig.said(own)).isEqualTo("granted admin");
            assertThat(rig.said(own.from("192.168.1.6"))).as("another machine").isEqualTo("FORBIDDEN");
            assertThat(rig.said(own.from("192.168.1.5").header("x-hydra-admin", "wrong"))).as("no credential").isEqualTo("FORBIDDEN");
            assertThat(rig.said(own.header("x-hydra-admin", credential).header("X-Forwarded-For", "192.168.1.5"))).as("forwarded")
                    .isEqualTo("FORBIDDEN");
            rig.access.end();
        }
    }

    @Test
    void anAccessTokenNeverOpensAdmin() {
        try (Rig rig = withPassword(true, List.of())) {
            String token = rig.tokens.create("app", Optional.empty(), Optional.empty()).value().reveal();

            assertThat(rig.said(FakeRequest.to(TOKENS).header("Authorization", "Bearer " + token))).isEqualTo("NO_SIGN_IN");
            assertThat(rig.said(FakeRequest.to(TOKENS).header("x-hydra-admin", token))).isEqualTo("NO_SIGN_IN");
            assertThat(rig.said(basic(token))).isEqualTo("NO_SIGN_IN");
            assertThat(rig.said(FakeRequest.to("/v1/models").header("Authorization", "Bearer " + PASSWORD))).isEqualTo("NO_TOKEN");
        }
    }

    @Test
    void guessingIsSlowedDownPerAddress() {
        try (Rig rig = withPassword(false, List.of())) {
            for (int i = 0; i < SignInAttempts.ALLOWED; i++) {
                assertThat(rig.said(basic("guess" + i))).isEqualTo("NO_SIGN_IN");
            }
            assertThat(rig.decide(basic(PASSWORD))).as("the right one has to wait too").isInstanceOfSatisfying(Decision.Denied.class,
                    denied -> {
                        assertThat(denied.reason()).isEqualTo(Decision.Reason.TOO_MANY_ATTEMPTS);
                        assertThat(denied.retryAfter()).contains(SignInAttempts.WINDOW);
                    });
            assertThat(rig.said(basic(PASSWORD).from("10.1.0.9"))).as("another address").isEqualTo("granted admin");
            rig.clock.advance(SignInAttempts.WINDOW);
            assertThat(rig.said(basic(PASSWORD))).isEqualTo("granted admin");
        }
    }

    /** Spec defects S25, S26, S29: forwarded addresses count only from trusted proxies, and what cannot be read is denied. */
    @Test
    void forwardedAddressesCountOnlyFromTrustedProxies() {
        try (Rig rig = withPassword(false, List.of(Cidr.parse("192.0.2.0/24"), Cidr.parse("127.0.0.1")))) {
            assertThat(rig.said(forwarded("192.0.2.1", "10.1.0.5"))).isEqualTo("granted admin");
            assertThat(rig.said(forwarded("127.0.0.1", "10.1.0.5, 192.0.2.7"))).as("two proxies").isEqualTo("granted admin");
            assertThat(rig.said(forwarded("192.0.2.1", "10.1.0.5:1234"))).isEqualTo("granted admin");
            assertThat(rig.said(forwarded("192.0.2.1", "::ffff:10.1.0.5"))).isEqualTo("granted admin");
            assertThat(rig.said(forwarded("192.0.2.1", "127.0.0.1, 203.0.113.5"))).as("the client's own invention is on the left")
                    .isEqualTo("FORBIDDEN");
            assertThat(rig.said(forwarded("203.0.113.5", "10.1.0.5"))).as("not a trusted proxy").isEqualTo("FORBIDDEN");
            assertThat(rig.said(forwarded("10.1.0.5", "10.1.0.5"))).as("an allowed address, but forwarding").isEqualTo("FORBIDDEN");
            for (String unreadable : List.of("", "unknown", "10.1.0.5,", "10.1.0", "10.1.0.05", "localhost", "0x7f000001",
                    "10.1.0.5 10.1.0.6", "_hidden")) {
                assertThat(rig.said(forwarded("192.0.2.1", unreadable))).as(unreadable).isEqualTo("FORBIDDEN");
            }
        }
    }

    @Test
    void bothForwardingHeadersMustAgree() {
        try (Rig rig = withPassword(false, List.of(Cidr.parse("192.0.2.0/24")))) {
            FakeRequest standard = basic(PASSWORD).from("192.0.2.1").header("Forwarded", "for=10.1.0.5;proto=https;by=192.0.2.1");
            assertThat(rig.said(standard)).isEqualTo("granted admin");
            assertThat(rig.said(standard.header("X-Forwarded-For", "10.1.0.5"))).isEqualTo("granted admin");
            assertThat(rig.said(standard.header("X-Forwarded-For", "10.1.0.6"))).isEqualTo("FORBIDDEN");
            assertThat(rig.said(basic(PASSWORD).from("192.0.2.1").header("Forwarded", "for=\"[::ffff:10.1.0.5]:99\", for=192.0.2.9")))
                    .isEqualTo("granted admin");
            assertThat(rig.said(basic(PASSWORD).from("192.0.2.1").header("Forwarded", "for=10.1.0.5, proto=https"))).isEqualTo("FORBIDDEN");
            assertThat(rig.said(basic(PASSWORD).from("192.0.2.1").header("X-Real-IP", "10.1.0.5"))).as("nobody vouches for this one")
                    .isEqualTo("FORBIDDEN");
            FakeRequest lines = forwarded("192.0.2.1", "10.1.0.5").and("X-Forwarded-For", "203.0.113.5");
            assertThat(rig.said(lines)).as("several lines are one list").isEqualTo("FORBIDDEN");
        }
    }

    @Test
    void foreignPagesAreRefusedEvenWithTheSignIn() {
        try (Rig rig = withPassword(false, List.of())) {
            assertThat(rig.said(basic(PASSWORD).header("Origin", "https://evil.example"))).isEqualTo("FORBIDDEN");
            assertThat(rig.said(basic(PASSWORD).header("Sec-Fetch-Site", "cross-site"))).isEqualTo("FORBIDDEN");
            FakeRequest own = basic(PASSWORD).method("POST").header("Host", "gw.example.com").header("Origin", "https://gw.example.com");
            assertThat(rig.said(own)).isEqualTo("granted admin");
            assertThat(rig.said(own.header("Content-Type", "application/json; charset=utf-8"))).isEqualTo("granted admin");
            assertThat(rig.said(own.header("Content-Type", "text/plain"))).isEqualTo("FORBIDDEN");
        }
        try (Rig rig = Rig.with(home.resolve("public"), new Settings.Server("127.0.0.1", 8000, List.of(), false), PASSWORD,
                Optional.of(URI.create("https://gw.example.com")))) {
            assertThat(rig.said(basic(PASSWORD).header("Origin", "https://gw.example.com"))).as("a proxy that changes Host")
                    .isEqualTo("granted admin");
        }
    }

    private Rig withPassword(boolean executable, List<Cidr> proxies) {
        return Rig.with(home.resolve("password"), new Settings.Server("127.0.0.1", 8000, proxies, executable), PASSWORD, Optional.empty());
    }

    private static FakeRequest forwarded(String peer, String addresses) {
        return basic(PASSWORD).from(peer).header("X-Forwarded-For", addresses);
    }

    private static FakeRequest basic(String password) {
        String pair = Base64.getEncoder().encodeToString(("admin:" + password).getBytes(StandardCharsets.UTF_8));
        return FakeRequest.to(TOKENS).header("Authorization", "Basic " + pair);
    }
}
