package dev.hydra.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.dialect.messages.MessagesDialect;
import dev.hydra.support.FakeGemini;
import jakarta.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What clients are told of a cap, and where requests go then. */
class CappedTest extends WithGateway {
    private static final String SMART = WHOLE.replace("gemini-2.5-flash", "smart");

    private TestGateway capped(String cap) {
        gateway = new TestGateway(home, gemini, clock, Map.of("HYDRA_CAPS", cap), "k1", "k2");
        return gateway;
    }

    @Test
    void aReachedCapIsA429ThatSaysWhenToComeBack() {
        capped("few: models=gemini-2.5-flash limit=1 zone=UTC reset_time=14:00");
        assertThat(gateway.answer(WHOLE).status()).isEqualTo(200);

        Answer refused = gateway.answer(WHOLE);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(error(refused).getString("code")).isEqualTo("insufficient_quota");
        assertThat(error(refused).getString("message"))
                .contains("The cap 'few' on 'gemini-2.5-flash' is reached: 1 requests a day; it begins anew at 2026-03-01T14:00:00Z.");
        assertThat(refused.headers()).containsEntry("Retry-After", "3600");
        gemini.requests();
        Answer anthropic = gateway.answer(new MessagesDialect(),
                "{\"model\":\"gemini-2.5-flash\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}");
        assertThat(anthropic.status()).isEqualTo(429);
        assertThat(error(anthropic).getString("type")).isEqualTo("rate_limit_error");
        assertThat(anthropic.headers()).containsEntry("Retry-After", "3600");
        assertThat(gemini.requests()).isEmpty();
    }

    @Test
    void anHoursCapIsARateLimit() {
        capped("few: models=* limit=1 period=hour");
        gateway.answer(WHOLE);
        Answer refused = gateway.answer(WHOLE);
        assertThat(error(refused).getString("code")).isEqualTo("rate_limit_exceeded");
        assertThat(refused.headers()).containsEntry("Retry-After", "3600");
    }

    @Test
    void tryNextGoesToTheAliasesNextModel() {
        capped("few: models=gemini-2.5-pro limit=1 action=try_next; all: models=gemini-2.5-flash limit=1 action=try_next zone=UTC period=hour");
        assertThat(gateway.answer(SMART).headers()).containsEntry("Hydra-Model", "gemini-2.5-pro");
        Answer next = gateway.answer(SMART);
        assertThat(next.headers()).containsEntry("Hydra-Model", "gemini-2.5-flash");
        assertThat(TestGateway.json(next).getString("model")).isEqualTo("smart");
        Answer refused = gateway.answer(SMART);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.headers()).as("of two caps, the one that begins anew first").containsEntry("Retry-After", "3600");
    }

    @Test
    void rejectDoesNot() {
        capped("few: models=gemini-2.5-pro limit=1");
        gateway.answer(SMART);
        gemini.requests();
        assertThat(gateway.answer(SMART).status()).isEqualTo(429);
        assertThat(gemini.requests()).isEmpty();
    }

    @Test
    void whatTheProviderRefusedCostsNothing() {
        gemini.failKey("k1", FakeGemini.dayUsedUp()).failKey("k2", FakeGemini.dayUsedUp());
        capped("few: models=* limit=1");
        gateway.answer(WHOLE);
        JsonObject error = error(gateway.answer(WHOLE));
        assertThat(error.getString("message")).contains("The day's quota").doesNotContain("cap");
    }
}
