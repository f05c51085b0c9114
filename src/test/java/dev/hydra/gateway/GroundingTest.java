package dev.hydra.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.support.FakeGemini;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A used-up quota for the model's own web search concerns requests that search, and no others (spec mapping §4.2). */
class GroundingTest extends WithGateway {
    private static final String SEARCH = WHOLE.replace("{\"model\"", "{\"web_search_options\":{},\"model\"");
    private static final String USED_UP = """
            {"error":{"code":429,"message":"You exceeded your current quota.","status":"RESOURCE_EXHAUSTED","details":[
             {"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaMetric":"x/grounding_search_requests",
              "quotaId":"GroundingSearchRequestsPerDayPerProject","quotaValue":"500"}]}]}}""";

    private List<String> keysAsked() {
        return gemini.requests().stream().map(request -> request.header("x-goog-api-key").orElse("")).toList();
    }

    @Test
    void requestsThatDoNotSearchGoOnWithTheSameKey() {
        with("k1");
        gemini.enqueue(FakeGemini.json(429, USED_UP));

        Answer refused = gateway.answer(SEARCH);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(error(refused).getString("code")).isEqualTo("insufficient_quota");
        assertThat(keysAsked()).containsExactly("k1");

        assertThat(gateway.answer(WHOLE).status()).isEqualTo(200);
        assertThat(keysAsked()).containsExactly("k1");
        Answer again = gateway.answer(SEARCH);
        assertThat(again.status()).isEqualTo(429);
        assertThat(error(again).getString("message")).contains("The quota for web searches of 'gemini-2.5-flash' is used up on every key.");
        assertThat(keysAsked()).as("known").isEmpty();
    }

    @Test
    void searchesGoToAnotherKey() {
        with("k1", "k2");
        gemini.enqueue(FakeGemini.json(429, USED_UP));
        assertThat(gateway.answer(SEARCH).status()).isEqualTo(200);
        keysAsked();
        for (int i = 0; i < 3; i++) {
            assertThat(gateway.answer(SEARCH).status()).isEqualTo(200);
        }
        assertThat(keysAsked()).containsOnly("k2");
        gateway.answer(WHOLE);
        gateway.answer(WHOLE);
        assertThat(keysAsked()).as("both serve what does not search").contains("k1");
    }
}
