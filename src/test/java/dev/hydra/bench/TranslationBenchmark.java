package dev.hydra.bench;

import dev.hydra.conversation.ReplyEvent;
import dev.hydra.dialect.Ask;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.ProviderRequest;
import dev.hydra.dialect.ReplyHead;
import dev.hydra.dialect.ReplyReader;
import dev.hydra.dialect.ReplyWriter;
import dev.hydra.dialect.chat.ChatDialect;
import dev.hydra.dialect.gemini.GeminiDialect;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The steps of a translation, from the client's bytes to the client's bytes, without any network. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class TranslationBenchmark {
    private static final int CHUNKS = 20;
    private static final ReplyHead HEAD = new ReplyHead("req_benchmark", Content.MODEL, Instant.ofEpochSecond(1_700_000_000));

    private final ChatDialect chat = new ChatDialect();
    private final GeminiDialect gemini = new GeminiDialect();
    private final byte[] body = bytes(Content.chat(Content.Size.SMALL, true));
    private final ClientRequest request = chat.read(body);
    private final ProviderRequest written = gemini.write(request.conversation(), Content.MODEL);
    private final List<byte[]> messages = messages();
    private final byte[] document = message(String.join("", Content.CHUNKS), true);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(16 * 1024);

    /** The scan before everything else. */
    @Benchmark
    public Ask peek() {
        return chat.peek(body);
    }

    /** The client's request becomes a conversation. */
    @Benchmark
    public ClientRequest read() {
        return chat.read(body);
    }

    /** The conversation becomes the provider's request. */
    @Benchmark
    public ProviderRequest write() {
        return gemini.write(request.conversation(), Content.MODEL);
    }

    /** The provider's whole reply becomes the client's. */
    @Benchmark
    public int wholeReply() throws IOException {
        ReplyWriter writer = request.whole(HEAD);
        ReplyReader reader = written.reader();
        out.reset();
        pass(reader, writer, document);
        end(reader, writer);
        return out.size();
    }

    /** A stream of 20 of the provider's messages becomes the client's; the time is that of one message. */
    @Benchmark
    @OperationsPerInvocation(CHUNKS)
    public int chunkOfStream() throws IOException {
        ReplyWriter writer = request.stream(HEAD);
        ReplyReader reader = written.reader();
        out.reset();
        for (byte[] message : messages) {
            pass(reader, writer, message);
        }
        end(reader, writer);
        return out.size();
    }

    private void pass(ReplyReader reader, ReplyWriter writer, byte[] message) throws IOException {
        List<ReplyEvent> events = new ArrayList<>();
        reader.read(message, 0, message.length, events::add);
        for (ReplyEvent event : events) {
            writer.write(event, out);
        }
    }

    private void end(ReplyReader reader, ReplyWriter writer) throws IOException {
        List<ReplyEvent> events = new ArrayList<>();
        reader.end(events::add);
        for (ReplyEvent event : events) {
            writer.write(event, out);
        }
        writer.end(out);
    }

    private static List<byte[]> messages() {
        List<byte[]> messages = new ArrayList<>();
        for (int i = 0; i < CHUNKS; i++) {
            messages.add(message(Content.CHUNKS.get(i), i == CHUNKS - 1));
        }
        return messages;
    }

    private static byte[] message(String text, boolean last) {
        return bytes("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"" + text + "\"}],\"role\":\"model\"}"
                + (last ? ",\"finishReason\":\"STOP\"" : "")
                + ",\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":18,\"candidatesTokenCount\":5,"
                + "\"totalTokenCount\":23,\"promptTokensDetails\":[{\"modality\":\"TEXT\",\"tokenCount\":18}]},\"modelVersion\":\""
                + Content.MODEL
                + "\",\"responseId\":\"benchmark\"}");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
