package dev.hydra.wire;

import static dev.hydra.wire.ScriptedServer.answer;
import static dev.hydra.wire.ScriptedServer.write;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.hydra.Version;
import dev.hydra.wire.HttpFailure.Stage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpSenderTest {
    private static final CallLimits LONG = new CallLimits(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(30));
    private static final CallLimits SHORT = new CallLimits(Duration.ofMillis(100), Duration.ofMillis(100), Duration.ofMillis(100));

    private final HttpSender sender = new HttpSender();

    @AfterEach
    void closeSender() {
        sender.close();
    }

    @Test
    void theRequestCarriesWhatTheCallSaysAndNothingOfItsOwnButTheEssentials() throws Exception {
        try (ScriptedServer server = new ScriptedServer((request, socket) -> answer(socket, "hello"))) {
            HttpCall call = new HttpCall("POST", server.uri("/a%2Fb:go?alt=sse"), Map.of("x-goog-api-key", "k"), "body".getBytes(UTF_8));
            try (HttpReply reply = sender.send(call, LONG)) {
                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.header("x-kind")).contains("a");
                assertThat(reply.header("x-none")).isEmpty();
                assertThat(reply.length()).isEqualTo(5);
                assertThat(reply.body().readAllBytes()).isEqualTo("hello".getBytes(UTF_8));
            }
            assertThat(server.requests().getFirst()).isEqualTo("POST /a%2Fb:go?alt=sse HTTP/1.1\r\nHost: " + server.uri("/").getAuthority()
                    + "\r\nUser-Agent: hydra/" + Version.TEXT
                    + "\r\nAccept-Encoding: identity\r\nx-goog-api-key: k\r\nContent-Length: 4\r\n\r\nbody");
        }
    }

    @Test
    void aBodyThatComesPieceByPieceIsPassedOnWithItsLengthOrInChunks() throws Exception {
        for (long length : new long[] {4, -1}) {
            try (ScriptedServer server = new ScriptedServer((request, socket) -> answer(socket, "done"))) {
                HttpCall call = new HttpCall("POST", server.uri("/up"), Map.of("x-part", "1"), new byte[0]);
                try (HttpReply reply = sender.send(call, new ByteArrayInputStream("body".getBytes(UTF_8)), length, LONG)) {
                    assertThat(reply.status()).isEqualTo(200);
                }
                assertThat(server.requests().getFirst()).contains(length < 0 ? "Transfer-Encoding: chunked" : "Content-Length: 4")
                        .contains("x-part: 1");
            }
        }
    }

    @Test
    void errorsAndRedirectsAreAnswers() throws Exception {
        for (String status : List.of("302 Found\r\nLocation: /x", "401 No\r\nWWW-Authenticate: Basic", "429 Busy",
                "503 No\r\nRetry-After: 1")) {
            try (ScriptedServer server = new ScriptedServer((request, socket) -> {
                write(socket, "HTTP/1.1 " + status + "\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n");
                return true;
            }); HttpReply reply = sender.send(get(server.uri("/")), LONG)) {
                assertThat(reply.status()).isEqualTo(Integer.parseInt(status.substring(0, 3)));
                assertThat(server.requests()).hasSize(1);
            }
        }
    }

    @Test
    void aConnectionIsUsedAgainWhenTheBodyWasReadToItsEnd() throws Exception {
        try (ScriptedServer server = new ScriptedServer((request, socket) -> {
            write(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
            return true;
        })) {
            for (int i = 0; i < 5; i++) {
                try (HttpReply reply = sender.send(get(server.uri("/")), LONG)) {
                    assertThat(reply.body().readAllBytes()).hasSize(5);
                }
            }
            assertThat(server.connections()).isEqualTo(1);
            try (HttpReply reply = sender.send(get(server.uri("/")), LONG)) {
                assertThat(reply.body().read()).isEqualTo('h');
            }
            sender.send(get(server.uri("/")), LONG).close();
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void aKeptConnectionThatTheServerHasClosedCostsNoRequest() throws Exception {
        AtomicInteger count = new AtomicInteger();
        try (ScriptedServer server = new ScriptedServer((request, socket) -> {
            answer(socket, "x");
            return count.incrementAndGet() != 1;
        })) {
            for (int i = 0; i < 3; i++) {
                try (HttpReply reply = sender.send(post(server.uri("/"), 10), LONG)) {
                    assertThat(reply.body().readAllBytes()).hasSize(1);
                }
            }
            assertThat(server.requests()).hasSize(3);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void aNewConnectionThatIsCutIsNotTriedAgain() throws Exception {
        try (ScriptedServer server = new ScriptedServer((request, socket) -> false)) {
            HttpFailure failure = failure(post(server.uri("/"), 10), LONG);
            assertThat(failure.stage()).isEqualTo(Stage.ANSWER);
            assertThat(failure.timedOut()).isFalse();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aServerThatIsNotThereIsAFailureToConnect() throws Exception {
        URI nobody;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + free.getLocalPort() + "/");
        }
        assertThat(failure(get(nobody), LONG).stage()).isEqualTo(Stage.CONNECT);
        assertThat(failure(get(URI.create("http://does-not-exist.invalid/")), LONG).stage()).isEqualTo(Stage.CONNECT);
    }

    @Test
    void silenceBeforeTheAnswerIsATimeout() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer((request, socket) -> {
            over.await();
            return false;
        })) {
            HttpFailure failure = failure(get(server.uri("/")), SHORT);
            assertThat(failure.stage()).isEqualTo(Stage.ANSWER);
            assertThat(failure.timedOut()).isTrue();
            // The server may come to reading it later than the client gave up.
            await().until(() -> server.requests().size() == 1);
            over.countDown();
        }
    }

    @Test
    void aServerThatDoesNotReadTheRequestIsATimeoutOfWriting() throws Exception {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            HttpCall call = post(URI.create("http://127.0.0.1:" + deaf.getLocalPort() + "/"), 50_000_000);
            HttpFailure failure = failure(call, new CallLimits(Duration.ofSeconds(30), Duration.ofMillis(200), Duration.ofSeconds(30)));
            assertThat(failure.stage()).isEqualTo(Stage.ANSWER);
            assertThat(failure.timedOut()).isTrue();
        }
    }

    @Test
    void aBodyThatBreaksOffOrFallsSilentIsAFailureOfTheBody() throws Exception {
        String chunked = "Transfer-Encoding: chunked\r\n\r\n";
        for (String start : List.of("Content-Length: 10\r\n\r\nabc", chunked + "3\r\nabc\r\n", chunked + "9\r\nabc")) {
            try (ScriptedServer server = new ScriptedServer((request, socket) -> {
                write(socket, "HTTP/1.1 200 OK\r\n" + start);
                return false;
            }); HttpReply reply = sender.send(get(server.uri("/")), LONG)) {
                assertThat(reply.body().readNBytes(3)).isEqualTo("abc".getBytes(UTF_8));
                assertThatExceptionOfType(HttpFailure.class).isThrownBy(() -> reply.body().read())
                        .satisfies(e -> assertThat(e.stage()).isEqualTo(Stage.BODY)).satisfies(e -> assertThat(e.timedOut()).isFalse());
            }
        }
        CountDownLatch over = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer((request, socket) -> {
            write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
            over.await();
            return false;
        });
                HttpReply reply = sender.send(get(server.uri("/")),
                        new CallLimits(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(2)))) {
            reply.body().readNBytes(3);
            assertThatExceptionOfType(HttpFailure.class).isThrownBy(() -> reply.body().read())
                    .satisfies(e -> assertThat(e.timedOut()).isTrue());
            over.countDown();
        }
    }

    @Test
    void bytesOfAStreamArriveAsSoonAsTheyAreSent() throws Exception {
        CountDownLatch firstSeen = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer((request, socket) -> {
            write(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ndata: a\n\n\r\n");
            firstSeen.await();
            write(socket, "9\r\ndata: b\n\n\r\n0\r\n\r\n");
            return true;
        }); HttpReply reply = sender.send(get(server.uri("/")), LONG)) {
            SseReader events = new SseReader(reply.body(), 100);
            assertThat(events.next()).isTrue();
            firstSeen.countDown();
            assertThat(events.next()).isTrue();
            assertThat(events.next()).isFalse();
        }
    }

    @Test
    void anotherThreadEndsAReadAtOnceOnPlatformAndVirtualThreads() throws Exception {
        for (Thread.Builder threads : List.of(Thread.ofPlatform(), Thread.ofVirtual())) {
            CountDownLatch over = new CountDownLatch(1);
            try (ScriptedServer server = new ScriptedServer((request, socket) -> {
                write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\na");
                over.await();
                return false;
            }); HttpReply reply = sender.send(get(server.uri("/")), LONG)) {
                CountDownLatch reading = new CountDownLatch(1);
                CompletableFuture<Throwable> end = new CompletableFuture<>();
                threads.start(() -> end.complete(catchThrowableOfType(HttpFailure.class, () -> {
                    reply.body().read();
                    reading.countDown();
                    reply.body().read();
                })));
                reading.await();
                reply.abort();
                assertThat(end.get()).isInstanceOf(HttpFailure.class);
                over.countDown();
            }
        }
    }

    @Test
    void anotherThreadEndsTheWaitForAnAnswer() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        Cancellation cancellation = new Cancellation();
        try (ScriptedServer server = new ScriptedServer((request, socket) -> {
            cancellation.cancel();
            over.await();
            return false;
        })) {
            HttpFailure failure = catchThrowableOfType(HttpFailure.class, () -> sender.send(get(server.uri("/")), LONG, cancellation));
            assertThat(failure.stage()).isEqualTo(Stage.ANSWER);
            assertThat(server.requests()).hasSize(1);
            over.countDown();
        }
    }

    @Test
    void aCancelledCallIsNotSentAndACancellationAfterTheEndHarmsNobody() throws Exception {
        try (ScriptedServer server = new ScriptedServer((request, socket) -> answer(socket, "x"))) {
            Cancellation late = new Cancellation();
            HttpReply reply = sender.send(get(server.uri("/")), LONG, late);
            reply.body().readAllBytes();
            reply.close();
            late.cancel();
            reply.abort();
            HttpFailure failure = catchThrowableOfType(HttpFailure.class, () -> sender.send(get(server.uri("/")), LONG, late));
            assertThat(failure.stage()).isEqualTo(Stage.CONNECT);
            try (HttpReply next = sender.send(get(server.uri("/")), LONG)) {
                assertThat(next.body().readAllBytes()).hasSize(1);
            }
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void whenAllConnectionsAreInUseACallFailsWithoutBeingSent() throws Exception {
        try (HttpSender small = new HttpSender(new Connections(1, InetAddress::getAllByName));
                ScriptedServer server = new ScriptedServer((request, socket) -> answer(socket, "x"));
                HttpReply held = small.send(get(server.uri("/")), LONG)) {
            HttpFailure failure = catchThrowableOfType(HttpFailure.class, () -> small.send(get(server.uri("/")), SHORT));
            assertThat(failure.stage()).isEqualTo(Stage.CONNECT);
            assertThat(failure.timedOut()).isTrue();
            assertThat(held.status()).isEqualTo(200);
        }
    }

    @Test
    void closingEndsCallsInFlight() throws Exception {
        try (ScriptedServer server = new ScriptedServer((request, socket) -> {
            sender.close();
            return true;
        })) {
            assertThatExceptionOfType(HttpFailure.class).isThrownBy(() -> sender.send(get(server.uri("/")), LONG));
        }
    }

    private HttpFailure failure(HttpCall call, CallLimits limits) throws IOException {
        return catchThrowableOfType(HttpFailure.class, () -> sender.send(call, limits).close());
    }

    private static HttpCall get(URI uri) {
        return new HttpCall("GET", uri, Map.of(), new byte[0]);
    }

    private static HttpCall post(URI uri, int size) {
        return new HttpCall("POST", uri, Map.of(), new byte[size]);
    }
}
