package dev.hydra.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hydra bench}: measures the gateway beside nginx and prints ratios, or one of its other properties. */
@Command(name = "hydra bench", mixinStandardHelpOptions = true, sortOptions = false,
        description = "CPU, throughput and added latency of the gateway beside nginx as a plain reverse proxy, on the same simulated "
                + "provider. Takes three minutes or more for each shape.")
final class Bench implements Callable<Integer> {
    private static final int UNAVAILABLE = 69;

    @Option(names = "--warm-up", paramLabel = "SECONDS", defaultValue = "15",
            description = "Load before each measurement, repeated up to five times while the compiler is busy (default ${DEFAULT-VALUE}).")
    private int warmUp;
    @Option(names = "--seconds", paramLabel = "SECONDS", defaultValue = "20",
            description = "Length of a measured window (default ${DEFAULT-VALUE}).")
    private int seconds;
    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3",
            description = "Windows for each side, in turn (default ${DEFAULT-VALUE}).")
    private int rounds;
    @Option(names = "--connections", paramLabel = "N", defaultValue = "8",
            description = "Connections of the load (default ${DEFAULT-VALUE}).")
    private int connections;
    @Option(names = "--shape", split = ",", paramLabel = "SHAPE", description = "Only these: ${COMPLETION-CANDIDATES}.")
    private List<Shape> shapes = List.of(Shape.values());
    @Mixin
    private GatewayOptions gateway = new GatewayOptions();
    @Option(names = "--jmh", arity = "0..1", fallbackValue = "dev.hydra.bench", paramLabel = "PATTERN",
            description = "Run the small benchmarks of translators and pool instead.")
    private @Nullable String jmh;

    @Option(names = "--pool", paramLabel = "SECONDS", arity = "0..1", fallbackValue = "180",
            description = "Instead hold the pool to real quotas, 20 projects of 15 requests a minute, at 90, 150 and 300 %% at once.")
    private @Nullable Integer pool;

    @Option(names = "--streams", paramLabel = "N", description = "Instead hold so many streams at once, direct and through the gateway.")
    private @Nullable Integer streams;
    @Option(names = "--chunks", paramLabel = "N", defaultValue = "64",
            description = "Chunks of each of --streams, 10 to 89 (default ${DEFAULT-VALUE}).")
    private int chunks;
    @Option(names = "--pace", paramLabel = "MILLIS", defaultValue = "200",
            description = "Time between two chunks of each of --streams (default ${DEFAULT-VALUE}).")
    private int pace;

    @Option(names = "--soak", paramLabel = "MINUTES",
            description = "Instead load the gateway for so long, with a provider that fails in 5 %% of its answers and clients that leave, "
                    + "and tell each minute what it answered and holds.")
    private @Nullable Integer soak;
    @Option(names = "--load", paramLabel = "PERCENT", defaultValue = "70",
            description = "Rate of --soak, of what the gateway manages with whole answers alone (default ${DEFAULT-VALUE}).")
    private int load;

    @Option(names = "--beside",
            description = "Instead tell how late the chunks of 50 small streams are, alone and beside a request of 400 kB (100,000 tokens) "
                    + "that is sent again and again, direct and through the gateway.")
    private boolean beside;

    private Bench() {
    }

    /** Runs the benchmark; expects the project's folder as the working directory. */
    public static void main(String[] arguments) {
        Logger.getLogger("").setLevel(Level.WARNING);
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, RunnerException {
        if (jmh != null) {
            new Runner(new OptionsBuilder().include(jmh).build()).run();
            return 0;
        }
        if (pool != null) {
            PoolRun.of(Duration.ofSeconds(pool)).forEach(System.out::println);
            return 0;
        }
        Path directory = Files.createTempDirectory("hydra-bench-");
        try {
            return measure(directory);
        } finally {
            delete(directory);
        }
    }

    private int measure(Path directory) throws IOException {
        if (streams != null) {
            StreamsRun.of(directory, gateway, streams, chunks, Duration.ofMillis(pace)).forEach(System.out::println);
            return 0;
        }
        Windows windows = new Windows(Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds), rounds, connections);
        if (soak != null) {
            SoakRun.of(directory, gateway, windows, soak, load / 100.0);
            return 0;
        }
        if (beside) {
            BesideRun.of(directory, gateway, windows).forEach(System.out::println);
            return 0;
        }
        Optional<Path> nginx = Nginx.program();
        if (nginx.isEmpty()) {
            System.err.println(
                    "hydra bench: nginx is not installed, and every figure here is a ratio to it. "
                            + "On Debian and Ubuntu: apt-get install nginx-light");
            return UNAVAILABLE;
        }
        new ShapesRun(windows, gateway).measure(nginx.get(), directory, shapes);
        return 0;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
