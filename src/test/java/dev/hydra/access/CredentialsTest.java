package dev.hydra.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.secret.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How clients show their token, and what a hostile one can do. */
class CredentialsTest {
    private static final String CHAT = "/v1/chat/completions";

    @TempDir
    static Path sharedHome;
    static Rig shared;
    static String known;

    @TempDir
    Path home;

    @BeforeAll
    static void start() {
        shared = Rig.deployed(sharedHome);
        known = shared.tokens.create("app", Optional.empty(), Optional.empty()).value().reveal();
    }

    @AfterAll
    static void stop() {
        shared.close();
    }

    @Test
    void everyFormOpens() {
        List<FakeRequest> forms = List.of(FakeRequest.to(CHAT).header("Authorization", "Bearer " + known),
                FakeRequest.to(CHAT).header("Authorization", "bearer   " + known + " "),
                FakeRequest.to(CHAT).header("x-api-key", known),
                FakeRequest.to(CHAT).header("X-Goog-Api-Key", known),
                FakeRequest.to(CHAT).header("api-key", known),
                FakeRequest.to("/v1beta/models").query("alt=sse&key=" + known),
                FakeRequest.to("/v1beta/models").query("key=" + known.replace("-", "%2D") + "&x=1"),
                FakeRequest.to(CHAT).header("Authorization", "Bearer wrong").header("x-api-key", known));

        assertThat(forms).allSatisfy(form -> assertThat(shared.said(form)).isEqualTo("granted app"));
    }

    @Test
    void anOwnTextWithEverySignOpensInAHeaderAndInTheQuery() {
        try (Rig rig = Rig.deployed(home)) {
            rig.tokens.create("own", Optional.empty(), Optional.of(Secret.of("own+text/with=signs&%")));

            assertThat(rig.said(FakeRequest.to(CHAT).header("x-api-key", "own+text/with=signs&%"))).isEqualTo("granted own");
            assertThat(rig.said(FakeRequest.to("/v1beta/models").query("key=own+text/with%3Dsigns%26%25"))).isEqualTo("granted own");
        }
    }

    @Test
    void theCallerHasTheTokensNameAndTheSocketsAddress() {
        try (Rig rig = Rig.deployed(home)) {
            NewToken made = rig.tokens.create("app", Optional.empty(), Optional.empty());
            FakeRequest request = FakeRequest.to(CHAT).from("203.0.113.9").header("X-Forwarded-For", "1.2.3.4")
                    .header("Authorization", "Bearer " + made.value().reveal());

            assertThat(rig.decide(request))
                    .isEqualTo(new Decision.Granted(Area.API, new Caller(Optional.of(made.token().id()), "app", "203.0.113.9")));
        }
    }

    /** Spec defects S1 and S3: the raw text meets neither SQL nor a truncated key. */
    @ParameterizedTest
    @ValueSource(strings = {"sk-' OR 1=1--", "\" or \"\"=\"", "\u0000", "hydra-\u0000", "%", "_", "*", "null", "é ü",
        "' UNION SELECT hash FROM access_token --"})
    void hostileTokensAreJustWrong(String text) {
        assertThat(shared.said(FakeRequest.to(CHAT).header("Authorization", "Bearer " + text))).isEqualTo("NO_TOKEN");
        assertThat(shared.said(FakeRequest.to(CHAT).header("x-api-key", known + text))).isEqualTo("NO_TOKEN");
        assertThat(shared.said(FakeRequest.to(CHAT).query("key=" + text))).isEqualTo("NO_TOKEN");
        assertThat(shared.said(FakeRequest.to("/unknown/path").header("api-key", text))).isEqualTo("NO_TOKEN");
    }

    @Test
    void aMegabyteIsNoToken() {
        String huge = known + "x".repeat(1 << 20);

        assertThat(shared.said(FakeRequest.to(CHAT).header("Authorization", "Bearer " + huge))).isEqualTo("NO_TOKEN");
        assertThat(shared.said(FakeRequest.to(CHAT).query("key=" + huge))).isEqualTo("NO_TOKEN");
    }

    @Test
    void tokensThatBeginAlikeAreTwo() {
        try (Rig rig = Rig.deployed(home)) {
            rig.tokens.create("first", Optional.empty(), Optional.of(Secret.of("shared-prefix-shared-prefix-A")));
            rig.tokens.create("second", Optional.empty(), Optional.of(Secret.of("shared-prefix-shared-prefix-B")));

            assertThat(rig.said(FakeRequest.to(CHAT).header("x-api-key", "shared-prefix-shared-prefix-A"))).isEqualTo("granted first");
            assertThat(rig.said(FakeRequest.to(CHAT).header("x-api-key", "shared-prefix-shared-prefix-B"))).isEqualTo("granted second");
            assertThat(rig.said(FakeRequest.to(CHAT).header("x-api-key", "shared-prefix-shared-prefix-"))).isEqualTo("NO_TOKEN");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer ", "Basic", "Basic !!!", "Basic dXNlcg==", "Token x", ""})
    void malformedAuthorizationIsNone(String value) {
        assertThat(shared.said(FakeRequest.to(CHAT).header("Authorization", value))).isEqualTo("NO_TOKEN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"key", "key=", "key=%", "key=%zz", "monkey=x", "&&&", "=", "a=b&key=%C3%28"})
    void aMalformedQueryIsNone(String query) {
        assertThat(shared.said(FakeRequest.to(CHAT).query(query))).isEqualTo("NO_TOKEN");
    }

    @Test
    void anExpiredTokenIsRefusedFromItsMomentOn() {
        try (Rig rig = Rig.deployed(home)) {
            NewToken made = rig.tokens.create("brief", Optional.of(rig.clock.instant().plusSeconds(60)), Optional.empty());
            FakeRequest request = FakeRequest.to(CHAT).header("x-api-key", made.value().reveal());

            rig.clock.advance(Duration.ofMillis(59_999));
            assertThat(rig.said(request)).isEqualTo("granted brief");
            rig.clock.advance(Duration.ofMillis(1));
            assertThat(rig.decide(request)).isInstanceOfSatisfying(Decision.Denied.class,
                    denied -> assertThat(denied.message()).contains("expired"));
        }
    }

    @Test
    void refusalsSayHowToProceedAndNothingSecret() {
        try (Rig rig = Rig.deployed(home)) {
            String guess = "hydra-" + "guess".repeat(8);
            FakeRequest request = FakeRequest.to(CHAT).header("x-api-key", guess);

            assertThat(message(rig.decide(request))).contains("hydra tokens create").doesNotContain(guess);
            rig.tokens.create("app", Optional.empty(), Optional.empty());
            assertThat(message(rig.decide(request))).contains("not valid").doesNotContain(guess);
        }
    }

    private static String message(Decision decision) {
        return ((Decision.Denied) decision).message();
    }
}
