package dev.hydra.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.hydra.access.MovableClock;
import dev.hydra.demo.SimulatedGemini;
import dev.hydra.keys.KeyDesk;
import dev.hydra.keys.KeyList;
import dev.hydra.settings.Settings;
import dev.hydra.settings.TestSettings;
import dev.hydra.store.Database;
import dev.hydra.store.Encryption;
import dev.hydra.wire.Threads;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsTest {
    @TempDir
    private Path home;

    private final MovableClock clock = new MovableClock();
    private final AtomicInteger checks = new AtomicInteger();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);

    @Test
    void whileNothingIsKnownOneCallerAsksAndNotTooOften() throws Exception {
        HttpServer provider = brokenProvider();
        Settings settings = TestSettings.in(home, Map.of("HYDRA_GEMINI_URL", "http://127.0.0.1:" + provider.getAddress().getPort()));
        try (Database database = new Database(settings);
                KeyDesk desk = new KeyDesk(settings, database, new Encryption(settings, database), clock)) {
            desk.keys().add(KeyList.parse("only-secret-key"), "cli");
            Models models = new Models(desk.keys(), desk.catalogue(), desk.names(), clock);
            Thread first = Threads.virtual("test-").newThread(models::ids);
            first.start();
            asked.await();

            assertThat(models.ids()).as("answered at once while another one asks").isEmpty();
            assertThat(models.trouble()).isPresent();
            answer.countDown();
            first.join();
            models.ids();
            clock.advance(Duration.ofSeconds(29));
            models.ids();
            assertThat(checks).hasValue(1);
            clock.advance(Duration.ofSeconds(1));
            models.ids();
            assertThat(checks).hasValue(2);
        } finally {
            provider.stop(0);
        }
    }

    @Test
    void theOperatorsAliasesAreListedAsTheModelsThatTheyStandFor() {
        try (SimulatedGemini gemini = SimulatedGemini.demo().start()) {
            Settings settings = TestSettings.in(home,
                    Map.of("HYDRA_GEMINI_URL", gemini.url().toString(), "HYDRA_ALIASES", "smart=none-such|gemini-2.5-pro, lost=none-such"));
            try (Database database = new Database(settings);
                    KeyDesk desk = new KeyDesk(settings, database, new Encryption(settings, database), clock)) {
                desk.keys().add(KeyList.parse("demo-key-1"), "cli");
                Models models = new Models(desk.keys(), desk.catalogue(), desk.names(), clock);

                assertThat(models.ids()).contains("smart", "gemini-2.5-pro").doesNotContain("lost").isSorted().doesNotHaveDuplicates();
                assertThat(models.find("smart")).contains("smart");
                assertThat(models.find("gpt-4o")).as("a built-in one is not listed but served").contains("gpt-4o");
                assertThat(models.find("lost")).isEmpty();
                assertThat(models.entries()).extracting(Models.Entry::id).contains("smart");
                Models.Entry pro = models.entry("models/gemini-2.5-pro").orElseThrow();
                assertThat(models.entry("smart")).contains(
                        new Models.Entry("smart", pro.displayName(), pro.inputTokenLimit(), pro.outputTokenLimit(), pro.methods()));
            }
        }
    }

    private HttpServer brokenProvider() throws Exception {
        HttpServer provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/", exchange -> {
            checks.incrementAndGet();
            asked.countDown();
            try {
                answer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        });
        provider.start();
        return provider;
    }
}
