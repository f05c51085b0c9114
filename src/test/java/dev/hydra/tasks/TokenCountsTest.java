package dev.hydra.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.access.Caller;
import dev.hydra.dialect.ClientDialect;
import dev.hydra.dialect.gemini.GeminiDialect;
import dev.hydra.dialect.messages.MessagesDialect;
import dev.hydra.gateway.Exchange;
import dev.hydra.gateway.Records;
import dev.hydra.gateway.Routes;
import dev.hydra.keys.KeyPool;
import dev.hydra.secret.Secret;
import dev.hydra.settings.Settings;
import dev.hydra.settings.TestSettings;
import dev.hydra.support.FakeGemini;
import dev.hydra.upstream.GeminiUpstream;
import dev.hydra.wire.HttpSender;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class TokenCountsTest {
    private static final String HELLO = "{'model':'gemini-2.5-flash','messages':[{'role':'user','content':'Hello, you there!'}]}";

    @RegisterExtension
    final FakeGemini gemini = FakeGemini.start();
    @TempDir
    private Path home;
    private final HttpSender sender = new HttpSender();
    private final List<Exchange> finished = new ArrayList<>();
    private final Records records = new Records(List.of(finished::add), Clock.systemUTC());
    private final ClientDialect dialect = new MessagesDialect();

    @AfterEach
    void stop() {
        sender.close();
    }

    private TokenCounts counts(String... keys) {
        Settings settings = TestSettings.in(home, Map.of("HYDRA_GEMINI_URL", gemini.url().toString()));
        Routes routes = Routes.of(List.of(new GeminiUpstream(settings)), List.of(new GeminiDialect()));
        KeyPool pool = KeyPool.of(settings.pool(), Clock.systemUTC(), Stream.of(keys).map(Secret::of).toList());
        return new TokenCounts(routes, pool, sender, settings, Duration.ofMinutes(1));
    }

    private TokenCounts.Count count(TokenCounts counts, String json) {
        byte[] body = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        Records.Record record = records.begin(new Caller(Optional.empty(), "local", "127.0.0.1"), dialect.id(), "m:countTokens",
                body.length);
        TokenCounts.Count count = counts.of(dialect.peek(body), dialect.read(body), body, record);
        record.ended(200, 1, "");
        return count;
    }

    @Test
    void geminiCountsTheWholeRequestWithItsSystemTextAndTools() {
        TokenCounts.Count count = count(counts("k1"), HELLO.replace("'messages'",
                "'system':'Be kind.','tools':[{'name':'f','description':'d'}],'messages'"));

        assertThat(count.estimated()).isFalse();
        assertThat(count.tokens()).isPositive();
        var request = gemini.takeRequest();
        assertThat(request.path()).endsWith("/v1beta/models/gemini-2.5-flash:countTokens");
        assertThat(request.text()).startsWith("{\"generateContentRequest\":{\"model\":\"models/gemini-2.5-flash\",\"contents\":")
                .contains("Be kind.", "functionDeclarations").endsWith("}}");
    }

    @Test
    void theSameRequestIsCountedOnce() {
        TokenCounts counts = counts("k1");

        TokenCounts.Count first = count(counts, HELLO);
        assertThat(count(counts, HELLO)).isEqualTo(first);
        count(counts, HELLO.replace("Hello", "Bye"));
        assertThat(gemini.requests()).hasSize(2);
    }

    @Test
    void aKeyThatCannotCountIsNoReasonToGiveUp() {
        gemini.enqueue(FakeGemini.tooManyRequests(Duration.ofSeconds(7)), FakeGemini.json(500, "{}"));

        assertThat(count(counts("k1", "k2", "k3"), HELLO).estimated()).isFalse();
        assertThat(gemini.requests()).hasSize(3);
        assertThat(finished).singleElement().satisfies(exchange -> assertThat(exchange.attempts())
                .extracting(attempt -> attempt.verdict() + ' ' + attempt.status())
                .containsExactly("no count 429", "no count 500", "counted 200"));
    }

    @Test
    void withoutAKeyOrAnAnswerThereIsAnEstimateWhichIsNotKept() {
        TokenCounts none = counts();
        TokenCounts broken = counts("k1");
        gemini.enqueue(FakeGemini.json(200, "nothing"));

        assertThat(count(none, HELLO)).isEqualTo(new TokenCounts.Count(8, true));
        assertThat(count(broken, HELLO).estimated()).isTrue();
        assertThat(count(broken, HELLO).estimated()).isFalse();
    }

    @Test
    void mediaByAddressAreNotFetchedForACount() {
        String picture = "{'model':'gemini-2.5-flash','messages':[{'role':'user','content':[{'type':'text','text':'What?'},"
                + "{'type':'image','source':{'type':'url','url':'https://e.org/a.png'}}]}]}";

        assertThat(count(counts("k1"), picture).tokens()).isGreaterThan(258);
        assertThat(gemini.takeRequest().text()).doesNotContain("e.org");
    }

    @Test
    void anEstimateCountsEverythingThatIsSaid() {
        String all = "{'model':'m','system':'Be kind.','tools':[{'name':'f','description':'does it'}],'messages':["
                + "{'role':'user','content':[{'type':'text','text':'\u4e16\u754c'},{'type':'image','source':{'type':'base64','data':'AAAA'}}]},"
                + "{'role':'assistant','content':[{'type':'tool_use','id':'a','name':'f','input':{'a':1}}]},"
                + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'a','content':'done'}]}]}";

        assertThat(count(counts(), all).tokens()).isBetween(280L, 320L);
    }
}
