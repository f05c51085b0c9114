package dev.hydra.proxies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.proxies.ReverseProxy.Setup;
import dev.hydra.support.FakeGemini;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Product RUN-3: what the shipped configurations carry. Nothing here waits for time: keep-alives are frequent by settings, and chunks come when told to. */
@ParameterizedClass(name = "{0}")
@EnumSource(ReverseProxy.class)
record StreamingIT(ReverseProxy program) {
    private static final String GOOD = "{\"model\":\"gemini-2.5-flash\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
    private static final String STREAM = GOOD.replace("{\"model\"", "{\"stream\":true,\"model\"");
    private static final String CONTENT = "\"content\":\"";
    private static final String DONE = "data: [DONE]\n\n";
    private static final String PROPER_END = "\r\n0\r\n\r\n";

    @TempDir
    private static Path home;
    private static GuardedGateway gateway;
    private static RunningProxy proxy;

    @BeforeAll
    static void startGateway() {
        gateway = GuardedGateway.trusting(home.resolve("gateway"), Map.of("HYDRA_STREAM_BEAT", "100ms", "HYDRA_STREAM_HOLD", "200ms"));
    }

    @BeforeParameterizedClassInvocation
    static void startProxy(ReverseProxy program) {
        proxy = RunningProxy.start(program, Setup.SHIPPED, home, gateway.url());
    }

    @AfterParameterizedClassInvocation
    static void stopProxy() {
        proxy.close();
    }

    @AfterAll
    static void stopGateway() {
        gateway.close();
    }

    private static RawCall chat(String body, String... headers) throws IOException {
        return chat(body.getBytes(StandardCharsets.UTF_8), headers);
    }

    private static RawCall chat(byte[] body, String... headers) throws IOException {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "Authorization";
        all[1] = "Bearer " + gateway.token();
        return RawCall.send(RawCall.CLIENT, proxy.url(), "POST /v1/chat/completions", body, all);
    }

    @Test
    void aWholeAnswer() throws IOException {
        gateway.gemini().enqueue(FakeGemini.says("Hello", " there"));
        try (RawCall call = chat(GOOD)) {
            assertThat(call.rest()).startsWith("HTTP/1.1 200").contains("\"content\":\"Hello there\"");
        }
    }

    @Test
    void eachPieceArrivesBeforeTheNextOneIsSent() throws IOException {
        Semaphore permits = new Semaphore(1);
        gateway.gemini().enqueue(FakeGemini.stepwise(permits));
        try (RawCall call = chat(STREAM.replace("Hello", "one two three four five six seven eight nine ten"))) {
            int pieces = 0;
            String frame = call.until("\n\n");
            assertThat(frame).startsWith("HTTP/1.1 200").containsIgnoringCase("content-type: text/event-stream");
            while (!frame.endsWith(DONE)) {
                if (frame.contains(CONTENT) && !frame.contains("\"content\":\"\"")) {
                    pieces++;
                    permits.release();
                }
                frame = call.until("\n\n");
            }
            assertThat(pieces).isGreaterThan(2);
            assertThat(call.rest()).endsWith(PROPER_END);
        }
    }

    @Test
    void silenceWithinAStreamIsCoveredByKeepAlives() throws IOException {
        CountDownLatch rest = new CountDownLatch(1);
        gateway.gemini().enqueue(FakeGemini.holdsStreamAfter(1, rest));
        try (RawCall call = chat(STREAM)) {
            call.until(CONTENT);
            for (int i = 0; i < 10; i++) {
                call.until("\n: ");
            }
            rest.countDown();
            call.until(DONE);
            assertThat(call.rest()).contains("\"finish_reason\":\"stop\"").endsWith(PROPER_END);
        }
    }

    @Test
    void silenceBeforeAStreamToo() throws IOException {
        CountDownLatch rest = new CountDownLatch(1);
        gateway.gemini().enqueue(FakeGemini.holdsHeaders(rest));
        try (RawCall call = chat(STREAM)) {
            for (int i = 0; i < 3; i++) {
                call.until(": ");
            }
            rest.countDown();
            call.until(DONE);
            assertThat(call.rest()).startsWith("HTTP/1.1 200").endsWith(PROPER_END);
        }
    }

    @Test
    void aLargeBodyIsCarriedWhole() throws IOException {
        gateway.gemini().requests();
        String large = "A".repeat(20 * 1024 * 1024);
        String picture = "[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64," + large + "\"}}]";
        try (RawCall call = chat(GOOD.replace("\"Hello\"", picture))) {
            assertThat(call.rest()).startsWith("HTTP/1.1 200");
        }
        assertThat(gateway.gemini().takeRequest().text().contains(large)).as("all of it reached the provider").isTrue();
    }

    /** By the announced length, long before the body's end: the gateway does so itself where the proxy lets it hear of the request before its body. */
    @Test
    void aBodyOverTheLimitIsRefusedEarly() throws IOException {
        try (RawCall call = chat(new byte[64 * 1024], "Content-Type", "application/json", "Content-Length", Long.toString(1L << 30))) {
            assertThat(call.until("\r\n\r\n")).startsWith("HTTP/1.1 413");
            if (program != ReverseProxy.APACHE) {
                assertThat(call.until("larger than")).contains("\"error\"");
            }
        }
    }

    @Test
    void aClientThatLeavesEndsTheProvidersCall() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        gateway.gemini().enqueue(FakeGemini.holdsStreamAfter(1, never));
        try (RawCall call = chat(STREAM)) {
            call.until(CONTENT);
        }
        assertThat(gateway.gemini().takeAbandoned().path()).contains("streamGenerateContent");
    }

    @Test
    void aStreamThatBreaksNeverLooksComplete() throws IOException {
        gateway.gemini().enqueue(FakeGemini.cutsStreamAfter(1));
        try (RawCall call = chat(STREAM)) {
            String all = call.rest();
            assertThat(all).startsWith("HTTP/1.1 200").contains(CONTENT).contains("data: {\"error\":").doesNotContain("[DONE]");
            assertThat(all).containsIgnoringCase("transfer-encoding: chunked").doesNotEndWith(PROPER_END);
        }
    }

    @Test
    void anEncodedSlashStaysOne() throws IOException {
        String answer = RawCall.get(RawCall.CLIENT, proxy.url(), "/v1/models/models%2Fgemini-2.5-flash", "Authorization",
                "Bearer " + gateway.token());
        String direct = RawCall.get(RawCall.CLIENT, gateway.url(), "/v1/models/models%2Fgemini-2.5-flash", "Authorization",
                "Bearer " + gateway.token());

        assertThat(RawCall.status(answer)).isEqualTo(RawCall.status(direct));
    }

    /** Spec defects S27. */
    @Test
    void noLogHasAKeyOfAQuery() throws IOException {
        assertThat(RawCall.get(RawCall.CLIENT, proxy.url(), "/v1/models?key=" + gateway.token(), "Referer",
                "http://x/?key=" + gateway.token()))
                .startsWith("HTTP/1.1 200");
        try (RawCall call = RawCall.send(RawCall.CLIENT, proxy.url(), "POST /v1/chat/completions?key=" + gateway.token(),
                STREAM.getBytes(StandardCharsets.UTF_8))) {
            gateway.gemini().enqueue(FakeGemini.cutsStreamAfter(1));
            call.rest();
        }
        proxy.close();
        assertThat(proxy.logs()).contains("/v1/models", "/v1/chat/completions", RawCall.CLIENT).doesNotContain(gateway.token())
                .doesNotContain("key=");
    }
}
