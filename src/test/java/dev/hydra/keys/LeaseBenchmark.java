package dev.hydra.keys;

import dev.hydra.settings.Settings.Strategy;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** What a lease and its release cost, by the number of keys. Every key is a project of its own, four models take turns, eight requests are in flight. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class LeaseBenchmark {
    private static final int IN_FLIGHT = 8;
    private static final List<String> MODELS = List.of("gemini-2.5-flash", "gemini-2.5-pro", "gemini-3-flash-preview",
            "gemini-2.5-flash-lite");

    @Param({"10", "1000", "10000"})
    private int keys;
    @Param({"BALANCED", "SEQUENTIAL"})
    private Strategy strategy;
    private final ArrayDeque<Lease> open = new ArrayDeque<>();
    private TestPool pool;
    private int turn;

    /** Runs the benchmark by itself. */
    public static void main(String[] args) throws Exception {
        new Runner(new OptionsBuilder().include(LeaseBenchmark.class.getName()).build()).run();
    }

    /** Every key has been used for every model, as in a pool that has run for a while. */
    @Setup
    public void fill() {
        pool = new TestPool(TestPool.policy(strategy, 0, 3));
        for (int i = 0; i < keys; i++) {
            pool.add("", Optional.empty());
        }
        for (int i = 0; i < keys * MODELS.size() * 2; i++) {
            pool.use(MODELS.get(i % MODELS.size()));
        }
        for (int i = 0; i < IN_FLIGHT; i++) {
            open.add(pool.lease(MODELS.get(i % MODELS.size())));
        }
    }

    /** Takes a key and ends the oldest lease well. */
    @Benchmark
    public Lease leaseAndRelease() {
        Offer offer = pool.pool.lease(new LeaseRequest(MODELS.get(turn++ & 3), 500, List.of(), Set.of()));
        open.add(((Offer.Granted) offer).lease());
        Lease oldest = open.remove();
        oldest.succeeded(700);
        return oldest;
    }
}
