package dev.hydra.keys;

import dev.hydra.settings.Settings.LimitMode;
import dev.hydra.settings.Settings.Pool;
import dev.hydra.settings.Settings.Strategy;
import dev.hydra.support.RedisServer;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** What a lease and its release cost in process and through a Redis on loopback, with limits kept, 20 projects, one client. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class SharedLeaseBenchmark {
    /** Where the state is. */
    public enum Place {
        PROCESS, REDIS
    }

    private static final Limit LIMIT = new Limit(100_000_000, 100_000_000_000L, 1_000_000_000);

    @Param
    private Place place;
    private KeyPool pool;
    private RedisServer redis;
    private Nodes nodes;

    /** Runs the benchmark by itself. */
    public static void main(String[] args) throws Exception {
        new Runner(new OptionsBuilder().include(SharedLeaseBenchmark.class.getName()).build()).run();
    }

    @Setup
    public void start() throws Exception {
        if (place == Place.REDIS) {
            redis = new RedisServer(Files.createTempDirectory("redis"));
            nodes = new Nodes(redis, LIMIT, 1_000).keys(20, 1);
            pool = nodes.start(Nodes.PATIENT);
            return;
        }
        LimitTable limits = LimitTable
                .parse("[[limit]]\nmodels = \"*\"\nrpm = " + LIMIT.rpm() + "\ntpm = " + LIMIT.tpm() + "\nrpd = " + LIMIT.rpd());
        Pool policy = new Pool(Strategy.BALANCED, 0, LimitMode.ENFORCE, Duration.ofSeconds(20), 3, 1_000);
        pool = new KeyPool(new LocalState(policy, Clock.systemUTC(), limits), Clock.systemUTC());
        new Nodes(null, LIMIT, 1_000).keys(20, 1).keys()
                .forEach(key -> pool.put(key, new Member(key.id(), key.project(), 1_000, Optional.empty())));
    }

    @TearDown
    public void stop() {
        if (nodes != null) {
            nodes.close();
            redis.close();
        }
    }

    @Benchmark
    public Lease leaseAndRelease() {
        Lease lease = Nodes.lease(pool);
        lease.succeeded(500, 700);
        return lease;
    }
}
