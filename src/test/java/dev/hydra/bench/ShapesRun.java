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
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What each shape costs in the gateway and in nginx, on the same provider: CPU, throughput, added latency. */
final class ShapesRun {
    private static final Duration LONGEST_OF_NGINX = Duration.ofSeconds(2);

    private final Windows windows;
    private final GatewayOptions options;

    ShapesRun(Windows windows, GatewayOptions options) {
        this.windows = windows;
        this.options = options;
    }

    /** Measures these shapes. @param program nginx */
    void measure(Path program, Path directory, List<Shape> shapes) throws IOException {
        System.out.println(machine(program));
        try (LocalProcess provider = Provider.start(directory);
                LocalProcess nginx = Nginx.start(program, directory, provider.port());
                GatewayProcess gateway = options.start(directory, provider.port(), Map.of())) {
            for (Shape next : shapes) {
                Target proxied = next.plain(nginx.port());
                Target ours = next.gateway(gateway.port(), gateway.token());
                System.out.println("\n" + next.title());
                cpu(proxied, nginx, ours, gateway.process());
                latency(List.of(next.plain(provider.port()), proxied, ours), next.streamed());
            }
        }
    }

    private void cpu(Target proxied, LocalProcess nginx, Target asked, LocalProcess gateway) throws IOException {
        Load.run(proxied, nginx.handle(), windows.connections(), shorter(windows.warmUp(), LONGEST_OF_NGINX));
        Load.warmUp(asked, gateway.handle(), windows);
        List<Window> plain = new ArrayList<>();
        List<Window> ours = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int round = 1; round <= windows.rounds(); round++) {
            Window a = Load.run(proxied, nginx.handle(), windows.connections(), windows.length());
            Window b = Load.run(asked, gateway.handle(), windows.connections(), windows.length());
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
        print("  requests/s, %d connections: nginx %.0f   gateway %.0f", windows.connections(), median(plain, Window::requestsPerSecond),
                median(ours, Window::requestsPerSecond));
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private void latency(List<Target> targets, boolean streamed) {
        List<Latency> all = Load.inTurn(targets, windows.length());
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
}
