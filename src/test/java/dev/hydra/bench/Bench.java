package dev.hydra.bench;

import dev.hydra.bench.Load.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hydra bench}: measures the gateway beside nginx and prints ratios. */
@Command(name = "hydra bench", mixinStandardHelpOptions = true, sortOptions = false,
        description = "CPU, throughput and added latency of the gateway beside nginx as a plain reverse proxy, on the same simulated "
                + "provider. Takes three minutes or more for each shape.")
final class Bench implements Callable<Integer> {
    private static final int UNAVAILABLE = 69;
    /** Share of the JIT compiler and the collector in a warm JVM's CPU. */
    private static final double WARM = 0.1;
    private static final int MOST_WARM_UPS = 6;

    @Option(names = "--warm-up", paramLabel = "SECONDS", defaultValue = "15",
            description = "Load before each measurement, repeated up to five times while the compiler is busy (default ${DEFAULT-VALUE}).")
    private int warmUp;
    @Option(names = "--seconds", paramLabel = "SECONDS", defaultValue = "20",
            description = "Length of a measured window (default ${DEFAULT-VALUE}).")
    private int seconds;
    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3",
            description = "Windows for each server, in turn (default ${DEFAULT-VALUE}).")
    private int rounds;
    @Option(names = "--connections", paramLabel = "N", defaultValue = "8",
            description = "Connections of the load (default ${DEFAULT-VALUE}).")
    private int connections;
    @Option(names = "--shape", split = ",", paramLabel = "SHAPE", description = "Only these: ${COMPLETION-CANDIDATES}.")
    private List<Shape> shapes = List.of(Shape.values());
    @Option(names = "--jmh", arity = "0..1", fallbackValue = "dev.hydra.bench", paramLabel = "PATTERN",
            description = "Run the small benchmarks of translators and pool instead.")
    private @Nullable String jmh;

    @Option(names = "--pool", paramLabel = "SECONDS", arity = "0..1", fallbackValue = "180",
            description = "Instead hold the pool to real quotas, 20 projects of 15 requests a minute, at 90, 150 and 300 % at once.")
    private @Nullable Integer pool;

    @Option(names = "--streams", paramLabel = "N", description = "Instead hold so many streams at once, direct and through the gateway.")
    private @Nullable Integer streams;
    @Option(names = "--chunks", paramLabel = "N", defaultValue = "64",
            description = "Chunks of each of --streams, 10 to 89 (default ${DEFAULT-VALUE}).")
    private int chunks;
    @Option(names = "--pace", paramLabel = "MILLIS", defaultValue = "200",
            description = "Time between two chunks of each of --streams (default ${DEFAULT-VALUE}).")
    private int pace;

    private final Path launcher = Path.of("hydra").toAbsolutePath();

    private Bench() {
    }

    /** Runs the benchmark; expects the project's folder as the working directory. */
    public static void main(String[] arguments) {
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
        if (streams != null) {
            StreamsRun
                    .of(launcher, streams, chunks, Duration.ofMillis(pace),
                            Optional.ofNullable(System.getenv("HYDRA_JAVA_OPTS")).orElse(""))
                    .forEach(System.out::println);
            return 0;
        }
        Optional<Path> nginx = Nginx.program();
        if (nginx.isEmpty()) {
            System.err.println(
                    "hydra bench: nginx is not installed, and every figure here is a ratio to it. "
                            + "On Debian and Ubuntu: apt-get install nginx-light");
            return UNAVAILABLE;
        }
        Path directory = Files.createTempDirectory("hydra-bench-");
        try {
            measure(nginx.get(), directory);
        } finally {
            delete(directory);
        }
        return 0;
    }

    private void measure(Path program, Path directory) throws IOException {
        System.out.println(machine(program));
        try (LocalProcess provider = Provider.start(directory);
                LocalProcess nginx = Nginx.start(program, directory, provider.port());
                GatewayProcess gateway = GatewayProcess.start(launcher, directory, provider.port())) {
            System.out.println("gateway: process " + gateway.process().handle().pid());
            for (Shape next : shapes) {
                Target proxied = next.plain(nginx.port());
                Target ours = next.gateway(gateway.process().port(), gateway.token());
                System.out.println("\n" + next.title());
                cpu(proxied, nginx, ours, gateway.process());
                latency(List.of(next.plain(provider.port()), proxied, ours), next.streamed());
            }
        }
    }

    private void cpu(Target proxied, LocalProcess nginx, Target asked, LocalProcess gateway) throws IOException {
        Load.run(proxied, nginx.handle(), connections, Duration.ofSeconds(Math.min(2, warmUp)));
        warmUp(asked, gateway);
        List<Window> plain = new ArrayList<>();
        List<Window> ours = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            Window a = Load.run(proxied, nginx.handle(), connections, Duration.ofSeconds(seconds));
            Window b = Load.run(asked, gateway.handle(), connections, Duration.ofSeconds(seconds));
            plain.add(a);
            ours.add(b);
            ratios.add(b.microsPerRequest() / a.microsPerRequest());
            print("  round %d   CPU/request: nginx %6.1f us   gateway %6.1f us (JIT and GC %2.0f %%)   ratio %5.2f   load average %s",
                    round,
                    a.microsPerRequest(), b.microsPerRequest(), 100 * b.cpu().jvmShare(), ratios.getLast(), loadAverage());
        }
        print("  median    CPU/request: nginx %6.1f us   gateway %6.1f us   ratio %5.2f   (%.2f to %.2f)",
                median(plain, Window::microsPerRequest),
                median(ours, Window::microsPerRequest), median(ratios, ratio -> ratio),
                ratios.stream().min(Comparator.naturalOrder()).orElseThrow(),
                ratios.stream().max(Comparator.naturalOrder()).orElseThrow());
        print("  requests/s, %d connections: nginx %.0f   gateway %.0f", connections, median(plain, Window::requestsPerSecond),
                median(ours, Window::requestsPerSecond));
    }

    /** Not over before the JVM has compiled what runs often: on a busy machine the compiler gets its share of CPU late. */
    private void warmUp(Target target, LocalProcess gateway) {
        int turn = 0;
        Window last;
        do {
            last = Load.run(target, gateway.handle(), connections, Duration.ofSeconds(warmUp));
        } while (last.cpu().jvmShare() > WARM && ++turn < MOST_WARM_UPS);
    }

    private void latency(List<Target> targets, boolean streamed) {
        List<Latency> all = Load.inTurn(targets, Duration.ofSeconds(seconds));
        if (streamed) {
            row("first chunk", all.stream().map(Latency::first).toList());
        }
        row(streamed ? "whole stream" : "answer", all.stream().map(Latency::full).toList());
    }

    /** Direct, nginx, gateway. */
    private static void row(String what, List<double[]> times) {
        double direct50 = Latency.at(0.5, times.get(0));
        double direct99 = Latency.at(0.99, times.get(0));
        print("  %-12s at one connection: direct p50 %.3f p99 %.3f ms   added by nginx p50 %+.3f p99 %+.3f   "
                + "by the gateway p50 %+.3f p99 %+.3f   (%d each)",
                what,
                direct50, direct99, Latency.at(0.5, times.get(1)) - direct50, Latency.at(0.99, times.get(1)) - direct99,
                Latency.at(0.5, times.get(2)) - direct50, Latency.at(0.99, times.get(2)) - direct99, times.get(0).length);
    }

    private static String machine(Path program) throws IOException {
        return Runtime.getRuntime().availableProcessors() + " cores, " + System.getProperty("os.name") + " "
                + System.getProperty("os.version") + ", JDK "
                + Runtime.version() + ", " + Nginx.version(program) + ", load average " + loadAverage();
    }

    private static String loadAverage() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
    }

    private static <T> double median(List<T> all, ToDoubleFunction<T> value) {
        return all.stream().mapToDouble(value).sorted().skip(all.size() / 2).findFirst().orElseThrow();
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
