package dev.hydra.bench;

import dev.hydra.wire.Json;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A provider's document becomes JSON-P's values: by {@code wire.JsonTree}, and by JSON-P's own parser from the same bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TreeBenchmark {
    /** Characters of text in the document: a chunk's, and a long answer's. */
    @Param({"30", "100000"})
    public int text;
    private byte[] document = {};

    /** Makes the document. */
    @Setup
    public void make() {
        document = ("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"" + "word ".repeat(text / 5)
                + "\"}],\"role\":\"model\"},\"index\":0}],"
                + "\"usageMetadata\":{\"promptTokenCount\":18,\"candidatesTokenCount\":5,\"totalTokenCount\":23,"
                + "\"promptTokensDetails\":[{\"modality\":\"TEXT\",\"tokenCount\":18}]},\"modelVersion\":\"" + Content.MODEL
                + "\",\"responseId\":\"benchmark\"}").getBytes(StandardCharsets.UTF_8);
    }

    /** From bytes. */
    @Benchmark
    public JsonValue tree() {
        return Json.value(document);
    }

    /** From characters, as the parser wants them. */
    @Benchmark
    public JsonValue parser() {
        return Json.value(new String(document, StandardCharsets.UTF_8));
    }
}
