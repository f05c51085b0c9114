package dev.hydra.support;

import dev.hydra.demo.Fault;
import dev.hydra.demo.Oddity;
import dev.hydra.demo.Quota;
import dev.hydra.demo.RecordedRequest;
import dev.hydra.demo.Refusal;
import dev.hydra.demo.SimulatedGemini;
import dev.hydra.demo.SimulatedModel;
import dev.hydra.demo.SimulatedProject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The simulated Gemini API for tests: takes any key (each a project of its own, without limits) unless projects are given, records
 * requests, and does what it is told, in order. Usage:
 *
 * <pre>{@code
 * @RegisterExtension FakeGemini gemini = FakeGemini.start();
 *
 * gemini.enqueue(FakeGemini.tooManyRequests(Duration.ofSeconds(7)), FakeGemini.says("Hello", " there"));
 * ... call the gateway, which has HYDRA_GEMINI_URL = gemini.url() ...
 * assertThat(gemini.takeRequest().header("x-goog-api-key")).contains("key-a");
 * }</pre>
 *
 * <p>As a field extension it is closed after each test; it can also be used in try-with-resources.
 */
public final class FakeGemini implements AutoCloseable, AfterEachCallback {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private final SimulatedGemini api;

    private FakeGemini(SimulatedGemini api) {
        this.api = api;
    }

    /** Takes any key, has no limits. */
    public static FakeGemini start() {
        return new FakeGemini(SimulatedGemini.builder().anyKey(Quota.UNLIMITED).models(withExtra()).record(20_000).start());
    }

    /** Takes the keys of these projects only, with their quotas by this clock. */
    public static FakeGemini start(Clock clock, SimulatedProject... projects) {
        SimulatedGemini.Builder builder = SimulatedGemini.builder().clock(clock).models(withExtra()).record(1000);
        List.of(projects).forEach(builder::project);
        return new FakeGemini(builder.start());
    }

    /** The demo's models, one that no table knows and another that draws. */
    private static List<SimulatedModel> withExtra() {
        List<SimulatedModel> models = new ArrayList<>(SimulatedModel.DEMO);
        models.add(SimulatedModel.chat("gemini-9-unheard-of"));
        models.add(SimulatedModel.chat("gemini-3-pro-image-preview"));
        return models;
    }

    /** The address to use for {@code HYDRA_GEMINI_URL}. */
    public URI url() {
        return api.url();
    }

    /** The simulation itself. */
    public SimulatedGemini api() {
        return api;
    }

    /** Orders what the next POSTs get, one each; after that it answers normally. */
    public FakeGemini enqueue(Fault... faults) {
        List.of(faults).forEach(api::enqueue);
        return this;
    }

    /** Lets every request with the key fail this way. */
    public FakeGemini failKey(String key, Fault fault) {
        api.failKey(key, fault);
        return this;
    }

    /** Lets every POST to the model fail this way. */
    public FakeGemini failModel(String model, Fault fault) {
        api.failModel(model, fault);
        return this;
    }

    /** The next recorded POST; fails when none comes. Other methods (lists of models) are skipped. */
    public RecordedRequest takeRequest() {
        while (true) {
            RecordedRequest request = api.takeRequest(PATIENCE).orElseThrow(() -> new AssertionError("no request came"));
            if ("POST".equals(request.method())) {
                return request;
            }
        }
    }

    /** The POSTs that have come until now and were not taken. */
    public List<RecordedRequest> requests() {
        List<RecordedRequest> requests = new ArrayList<>();
        while (true) {
            RecordedRequest request = api.takeRequest(Duration.ZERO).orElse(null);
            if (request == null) {
                return requests;
            }
            if ("POST".equals(request.method())) {
                requests.add(request);
            }
        }
    }

    /** The next request whose client left before the end of the reply; fails when there is none. */
    public RecordedRequest takeAbandoned() {
        return api.takeAbandoned(PATIENCE).orElseThrow(() -> new AssertionError("no client left early"));
    }

    /** Answers with these texts, one event each. */
    public static Fault says(String... chunks) {
        return new Fault.Says(List.of(chunks));
    }

    /** Answers with these GenerateContentResponse objects, one event each. */
    public static Fault events(String... payloads) {
        return new Fault.Events(List.of(payloads));
    }

    /** Replies with this status and JSON text. */
    public static Fault json(int status, String body) {
        return raw(status, Map.of("Content-Type", "application/json; charset=UTF-8"), body);
    }

    /** Replies with this status, headers and text. */
    public static Fault raw(int status, Map<String, String> headers, String body) {
        return new Fault.Raw(status, headers, List.of(body.getBytes(StandardCharsets.UTF_8)));
    }

    /** Replies with an event stream in these pieces, each in a write of its own. */
    public static Fault rawStream(byte[]... pieces) {
        return new Fault.Raw(200, Map.of("Content-Type", "text/event-stream"), List.of(pieces));
    }

    /** Writes these bytes instead of HTTP and closes. */
    public static Fault garbage(String bytes) {
        return new Fault.Verbatim(bytes.getBytes(StandardCharsets.UTF_8));
    }

    /** 429 of a minute's quota with this delay. */
    public static Fault tooManyRequests(Duration retryDelay) {
        return new Fault.MinuteQuota(retryDelay);
    }

    /** 429 of the daily quota. */
    public static Fault dayUsedUp() {
        return Refusal.DAILY_QUOTA;
    }

    /** 429 "limit: 0". */
    public static Fault noQuota() {
        return Refusal.NO_QUOTA;
    }

    /** 400 API_KEY_INVALID. */
    public static Fault keyRevoked() {
        return Refusal.KEY_REVOKED;
    }

    /** 403 leaked. */
    public static Fault keyLeaked() {
        return Refusal.KEY_LEAKED;
    }

    /** 403 CONSUMER_SUSPENDED, with the key in the body. */
    public static Fault keySuspended() {
        return Refusal.KEY_SUSPENDED;
    }

    /** 503. */
    public static Fault overloaded() {
        return Refusal.OVERLOADED;
    }

    /** 500. */
    public static Fault internalError() {
        return Refusal.INTERNAL;
    }

    /** A 200 without candidates. */
    public static Fault emptyAnswer() {
        return Oddity.NO_CANDIDATES;
    }

    /** A 200 whose prompt was blocked. */
    public static Fault blockedPrompt() {
        return Oddity.BLOCKED_PROMPT;
    }

    /** A 200 with MALFORMED_FUNCTION_CALL. */
    public static Fault malformedCall() {
        return Oddity.MALFORMED_FUNCTION_CALL;
    }

    /** A stream that ends properly but never says why. */
    public static Fault noFinishReason() {
        return Oddity.NO_FINISH_REASON;
    }

    /** Closes the connection after so many events, without the end of the body; a reply that is not streamed breaks off halfway. */
    public static Fault cutsStreamAfter(int events) {
        return new Fault.Cut(events, false);
    }

    /** Resets the connection after so many events. */
    public static Fault resetsStreamAfter(int events) {
        return new Fault.Cut(events, true);
    }

    /** Closes the connection without any answer. */
    public static Fault disconnects() {
        return new Fault.Cut(Fault.BEFORE_HEADERS, false);
    }

    /** Sends an error inside the stream after so many events. */
    public static Fault errorInStreamAfter(int events, Refusal error) {
        return new Fault.ErrorInStream(events, error, Fault.Framing.DATA);
    }

    /** Sends nothing, the status line included, for so long. */
    public static Fault slowFirstByte(Duration length) {
        return new Fault.Stalled(Fault.BEFORE_HEADERS, length);
    }

    /** Sends nothing, the status line included, until the latch opens. */
    public static Fault holdsHeaders(CountDownLatch release) {
        return new Fault.Held(Fault.BEFORE_HEADERS, release);
    }

    /** Sends so many events, then nothing until the latch opens. */
    public static Fault holdsStreamAfter(int events, CountDownLatch release) {
        return new Fault.Held(events, release);
    }

    /** Sends each event of a stream for one permit. */
    public static Fault stepwise(Semaphore permits) {
        return new Fault.Stepwise(permits);
    }

    /** Sends so many events, then nothing for so long. */
    public static Fault stallsStreamAfter(int events, Duration length) {
        return new Fault.Stalled(events, length);
    }

    /** Sends one event in a line of so many bytes. */
    public static Fault hugeEvent(int bytes) {
        return new Fault.HugeEvent(bytes);
    }

    /** Sends the normal reply in pieces of so many bytes. */
    public static Fault drips(int bytes) {
        return new Fault.Drip(bytes, Duration.ZERO);
    }

    @Override
    public void close() {
        api.close();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        close();
    }
}
