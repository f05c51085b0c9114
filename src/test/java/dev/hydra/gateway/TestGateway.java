package dev.hydra.gateway;

import dev.hydra.access.Caller;
import dev.hydra.dialect.Archive;
import dev.hydra.dialect.ClientDialect;
import dev.hydra.dialect.chat.ChatDialect;
import dev.hydra.dialect.gemini.GeminiDialect;
import dev.hydra.keys.KeyPool;
import dev.hydra.keys.LocalState;
import dev.hydra.secret.Secret;
import dev.hydra.settings.Settings;
import dev.hydra.settings.TestSettings;
import dev.hydra.support.FakeGemini;
import dev.hydra.upstream.GeminiUpstream;
import dev.hydra.wire.HttpSender;
import dev.hydra.wire.Json;
import dev.hydra.wire.Sleeper;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** The gateway without a server around it: real dialects, pool and HTTP, a simulated Gemini behind it. */
final class TestGateway implements AutoCloseable {
    static final Caller CALLER = new Caller(Optional.empty(), "local", "127.0.0.1");

    final KeyPool pool;
    final List<Exchange> finished = new CopyOnWriteArrayList<>();
    final List<Duration> slept = new ArrayList<>();
    /** What is kept for everybody; nothing unless a test says so. */
    Archive archive = Archive.NONE;
    private final HttpSender sender = new HttpSender();
    final InFlight inFlight;
    private final Gateway gateway;
    private final ChatDialect chat = new ChatDialect();

    TestGateway(Path home, FakeGemini gemini, Clock clock, Map<String, String> texts, String... keys) {
        Map<String, String> all = new HashMap<>(texts);
        // With a clock that stands still no quota comes back.
        all.putIfAbsent("HYDRA_POOL_WAIT", "0");
        all.put("HYDRA_GEMINI_URL", gemini.url().toString());
        Settings settings = TestSettings.in(home, all);
        LocalState state = new LocalState(settings.pool(), clock);
        pool = KeyPool.of(settings.pool(), clock, Stream.of(keys).map(Secret::of).toList());
        Seals seals = new Seals(state);
        Sleeper sleeper = slept::add;
        Failover failover = new Failover(pool, new Attempts(sender, seals, settings, clock), settings, clock, sleeper);
        Routes routes = new Routes(List.of(new GeminiUpstream(settings)), List.of(new GeminiDialect()), model -> false,
                name -> name.startsWith("claude-") ? List.of("gemini-flash-latest")
                        : name.equals("smart") ? List.of("gemini-2.5-pro", "gemini-2.5-flash") : List.of(name));
        inFlight = new InFlight(settings, Sleeper.SYSTEM);
        Plans plans = new Plans(routes, new Translations(seals, new OutsideMedia(settings), settings), caller -> archive, Belongings.NONE,
                settings);
        gateway = new Gateway(plans, failover, new Records(List.of(finished::add), clock), inFlight, settings);
    }

    /** As {@link #answer(String)}, in another format. */
    Answer answer(ClientDialect dialect, String body) {
        return gateway.answer(dialect, CALLER, body.getBytes(StandardCharsets.UTF_8));
    }

    Answer answer(String body) {
        return gateway.answer(chat, CALLER, body.getBytes(StandardCharsets.UTF_8));
    }

    /** A whole answer's body. */
    static JsonObject json(Answer answer) {
        return Json.object(((Answer.Whole) answer).body());
    }

    /** All that a stream writes; the exception that ended it, if one did, is thrown on. */
    static String stream(Answer answer) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ((Answer.Streamed) answer).body().writeTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        sender.close();
    }
}
