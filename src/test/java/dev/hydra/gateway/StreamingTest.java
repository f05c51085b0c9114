package dev.hydra.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydra.conversation.Conversation;
import dev.hydra.conversation.ReplyEvent;
import dev.hydra.demo.Refusal;
import dev.hydra.dialect.BodyScan;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.OpenAiDialect;
import dev.hydra.dialect.ReplyHead;
import dev.hydra.dialect.ReplyWriter;
import dev.hydra.dialect.chat.ChatDialect;
import dev.hydra.support.FakeGemini;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class StreamingTest extends WithGateway {
    @Test
    void aStreamCarriesEveryPieceAndEndsOnce() throws IOException {
        gemini.enqueue(FakeGemini.says("Good ", "day"));

        String events = TestGateway.stream(with("k1").answer(STREAM));

        assertThat(events).containsSubsequence("\"content\":\"Good \"", "\"content\":\"day\"", "\"finish_reason\":\"stop\"",
                "data: [DONE]\n\n");
        assertThat(events.split("\"finish_reason\":\"", -1)).hasSize(2);
        assertThat(gateway.finished).singleElement().satisfies(exchange -> {
            assertThat(exchange.status()).isEqualTo(200);
            assertThat(exchange.usage().total()).isPositive();
            assertThat(exchange.bytesOut()).isEqualTo(events.length());
        });
    }

    @Test
    void anEmptyOrMalformedReplyIsTriedAgain() throws IOException {
        gemini.enqueue(FakeGemini.emptyAnswer(), FakeGemini.malformedCall());

        String events = TestGateway.stream(with("k1").answer(STREAM));

        assertThat(events).contains("data: [DONE]");
        assertThat(gemini.requests()).hasSize(3);
    }

    @Test
    void aReplyThatStaysMalformedIsAnErrorAndNeverASilentStop() {
        gemini.failKey("k1", FakeGemini.malformedCall());

        Answer answer = with("k1").answer(STREAM);

        assertThat(answer).isInstanceOf(Answer.Whole.class);
        assertThat(answer.status()).isEqualTo(502);
    }

    @Test
    void aStreamThatIsCutBeforeItsFirstContentStartsAnew() throws IOException {
        gemini.enqueue(FakeGemini.cutsStreamAfter(0));

        assertThat(TestGateway.stream(with("k1").answer(STREAM))).contains("data: [DONE]");
        assertThat(gemini.requests()).hasSize(2);
    }

    @Test
    void aStreamThatIsCutLaterEndsInAnErrorFrameAndAnAbort() {
        gemini.enqueue(FakeGemini.cutsStreamAfter(1));
        StringBuilder written = new StringBuilder();
        Answer answer = with("k1", "k2").answer(STREAM);

        assertThatThrownBy(() -> ((Answer.Streamed) answer).body().writeTo(collecting(written))).isInstanceOf(Answer.BrokenReply.class);

        assertThat(written.toString()).contains("data: {\"error\":").doesNotContain("[DONE]").doesNotContain("\"finish_reason\":\"stop\"");
        assertThat(gemini.requests()).as("nothing is spliced in after the first content").hasSize(1);
    }

    @Test
    void aStreamWithoutAFinishReasonIsNoCleanEnd() {
        gemini.enqueue(FakeGemini.noFinishReason());
        StringBuilder written = new StringBuilder();
        Answer answer = with("k1").answer(STREAM);

        assertThatThrownBy(() -> ((Answer.Streamed) answer).body().writeTo(collecting(written))).isInstanceOf(Answer.BrokenReply.class);

        assertThat(written.toString()).contains("\"error\"").doesNotContain("[DONE]");
    }

    @Test
    void anErrorInsideAStreamIsJudgedLikeAnyOther() throws IOException {
        gemini.enqueue(FakeGemini.errorInStreamAfter(0, Refusal.MINUTE_QUOTA));

        assertThat(TestGateway.stream(with("k1", "k2").answer(STREAM))).contains("data: [DONE]");
        assertThat(verdicts()).containsExactly("quota", "accepted");
    }

    @Test
    void aClientThatLeavesEndsTheProvidersCall() {
        CountDownLatch never = new CountDownLatch(1);
        gemini.enqueue(FakeGemini.holdsStreamAfter(1, never));
        Answer answer = with("k1").answer(STREAM);

        assertThatThrownBy(() -> ((Answer.Streamed) answer).body().writeTo(broken())).isInstanceOf(IOException.class);

        gemini.takeAbandoned();
        assertThat(gateway.finished).singleElement().satisfies(exchange -> assertThat(exchange.status()).isEqualTo(499));
        never.countDown();
    }

    @Test
    void theDeadlineEndsEveryTry() {
        CountDownLatch never = new CountDownLatch(1);
        gemini.enqueue(FakeGemini.holdsHeaders(never));
        gateway = new TestGateway(home, gemini, clock, Map.of("HYDRA_TIMEOUT_TOTAL", "1500ms"), "k1");

        assertThat(gateway.answer(STREAM).status()).isEqualTo(504);
        gemini.takeAbandoned();
        never.countDown();
    }

    @Test
    void aSilentProviderIsCoveredByKeepAlives() throws IOException {
        CountDownLatch release = new CountDownLatch(1);
        gemini.enqueue(FakeGemini.holdsHeaders(release));
        gateway = new TestGateway(home, gemini, clock, Map.of("HYDRA_STREAM_HOLD", "50ms", "HYDRA_STREAM_BEAT", "20ms"), "k1");
        Answer answer = gateway.answer(STREAM);
        StringBuilder written = new StringBuilder();
        OutputStream client = new OutputStream() {
            @Override
            public void write(int b) {
                written.append((char) b);
                if (written.toString().endsWith(": keep-alive\n\n: keep-alive\n\n")) {
                    release.countDown();
                }
            }
        };

        assertThat(answer.status()).isEqualTo(200);
        ((Answer.Streamed) answer).body().writeTo(client);

        assertThat(written.toString()).startsWith(": keep-alive\n\n: keep-alive\n\n").endsWith("data: [DONE]\n\n");
    }

    @Test
    void whenTheStatusIsOutAFailureIsAFrameAndAnAbort() {
        CountDownLatch never = new CountDownLatch(1);
        gemini.enqueue(FakeGemini.holdsHeaders(never));
        gateway = new TestGateway(home, gemini, clock, Map.of("HYDRA_STREAM_HOLD", "20ms", "HYDRA_TIMEOUT_TOTAL", "1s"), "k1");
        Answer answer = gateway.answer(STREAM);
        StringBuilder written = new StringBuilder();

        assertThat(answer.status()).isEqualTo(200);
        assertThatThrownBy(() -> ((Answer.Streamed) answer).body().writeTo(collecting(written))).isInstanceOf(Answer.BrokenReply.class);

        assertThat(written.toString()).contains("data: {\"error\":").doesNotContain("[DONE]");
        never.countDown();
    }

    @Test
    void aStopEndsAStreamInAnErrorFrameAndAnAbortAndEndsTheProvidersCall() {
        CountDownLatch never = new CountDownLatch(1);
        gemini.enqueue(FakeGemini.holdsStreamAfter(1, never));
        gateway = new TestGateway(home, gemini, clock, Map.of("HYDRA_STOP_GRACE", "0"), "k1");
        StringBuilder written = new StringBuilder();
        gateway.inFlight.enter();
        Answer answer = gateway.answer(STREAM);

        gateway.inFlight.leave();
        gateway.inFlight.stop();
        assertThatThrownBy(() -> ((Answer.Streamed) answer).body().writeTo(collecting(written))).isInstanceOf(Answer.BrokenReply.class);

        assertThat(written.toString()).contains("data: {\"error\":", "being stopped").doesNotContain("[DONE]")
                .doesNotContain("\"finish_reason\":\"stop\"");
        gemini.takeAbandoned();
        never.countDown();
    }

    @Test
    void aStreamThatHasNotBegunIsA503ThatSaysWhenToComeBack() {
        CountDownLatch never = new CountDownLatch(1);
        gemini.enqueue(FakeGemini.holdsHeaders(never));
        gateway = new TestGateway(home, gemini, clock, Map.of("HYDRA_STOP_GRACE", "0"), "k1");
        gateway.inFlight.stop();

        Answer answer = gateway.answer(STREAM);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).containsEntry("Retry-After", "5");
        never.countDown();
    }

    @Test
    void aWholeReplyIsA503AndTheProvidersCallEnds() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        gemini.enqueue(FakeGemini.holdsHeaders(never));
        gateway = new TestGateway(home, gemini, clock, Map.of("HYDRA_STOP_GRACE", "0"), "k1");
        FutureTask<List<Object>> request = new FutureTask<>(() -> {
            Answer answer = gateway.answer(WHOLE);
            return List.of(answer.status(), Thread.currentThread().isInterrupted());
        });
        gateway.inFlight.enter();
        Thread.ofVirtual().start(request);
        Awaitility.await().until(() -> !gemini.requests().isEmpty());

        gateway.inFlight.leave();
        gateway.inFlight.stop();

        assertThat(request.get()).as("the answer can still be written").containsExactly(503, false);
        gemini.takeAbandoned();
        never.countDown();
    }

    @Test
    void anAbandonedTryIsTold() {
        CountDownLatch never = new CountDownLatch(1);
        gemini.enqueue(FakeGemini.holdsHeaders(never));
        gateway = new TestGateway(home, gemini, clock, Map.of("HYDRA_TIMEOUT_TOTAL", "1500ms"), "k1");

        gateway.answer(STREAM);

        assertThat(gateway.finished).singleElement().satisfies(exchange -> assertThat(exchange.attempts()).singleElement()
                .satisfies(attempt -> assertThat(attempt.key()).isNotEmpty()));
        never.countDown();
    }

    @Test
    void aReaderThatDiesOfAnErrorIsAnAnswerToo() {
        Answer answer = with("k1").answer(new Faulty(true), STREAM);

        assertThat(answer.status()).isEqualTo(500);
        assertThat(error(answer).getString("message")).contains("failed inside").doesNotContain("lost");
    }

    @Test
    void aWriterThatDiesOfAnErrorIsNoCleanEnd() {
        StringBuilder written = new StringBuilder();
        Answer answer = with("k1").answer(new Faulty(false), STREAM);

        assertThatThrownBy(() -> ((Answer.Streamed) answer).body().writeTo(collecting(written))).isInstanceOf(Answer.BrokenReply.class);

        assertThat(written.toString()).contains("data: {\"error\":").doesNotContain("[DONE]");
        assertThat(gateway.finished).hasSize(1);
    }

    /** Chat, but a class of ours cannot be loaded: servers take class loaders away while requests are still under way. */
    private static final class Faulty extends OpenAiDialect {
        private final ChatDialect chat = new ChatDialect();
        private final boolean reader;

        Faulty(boolean reader) {
            super(new BodyScan());
            this.reader = reader;
        }

        @Override
        public ClientRequest read(byte[] body) {
            ClientRequest request = chat.read(body);
            return new ClientRequest() {
                @Override
                public Conversation conversation() {
                    return request.conversation();
                }

                @Override
                public List<String> ignored() {
                    if (reader) {
                        throw new NoClassDefFoundError("lost");
                    }
                    return request.ignored();
                }

                @Override
                public ReplyWriter whole(ReplyHead head) {
                    return request.whole(head);
                }

                @Override
                public ReplyWriter stream(ReplyHead head) {
                    return reader ? request.stream(head) : new FaultyWriter(request.stream(head));
                }
            };
        }

        @Override
        public String id() {
            return chat.id();
        }
    }

    private record FaultyWriter(ReplyWriter writer) implements ReplyWriter {
        @Override
        public void write(ReplyEvent event, OutputStream out) {
            throw new NoClassDefFoundError("lost");
        }

        @Override
        public void end(OutputStream out) throws IOException {
            writer.end(out);
        }

        @Override
        public void fail(Failure failure, String requestId, OutputStream out) throws IOException {
            writer.fail(failure, requestId, out);
        }
    }

    private static OutputStream collecting(StringBuilder written) {
        return new OutputStream() {
            @Override
            public void write(int b) {
                written.append((char) b);
            }
        };
    }

    private static OutputStream broken() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
    }
}
