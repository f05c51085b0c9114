package dev.hydra.bench;

import dev.hydra.wire.Sleeper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Endurance: what the gateway holds, minute by minute, under a steady load of mixed shapes from a provider that fails now and then. */
final class SoakRun {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration REST = Duration.ofSeconds(10);
    private static final Duration PACE = Duration.ofMillis(2);
    private static final List<Shape> SHAPES = List.of(Shape.whole, Shape.stream, Shape.native_whole, Shape.native_stream);
    private static final double FAULTS = 0.05;

    private final Path directory;
    private final GatewayProcess gateway;

    private SoakRun(Path directory, GatewayProcess gateway) {
        this.directory = directory;
        this.gateway = gateway;
    }

    /** @param share of the rate that the gateway manages with whole answers alone, 0 to 1 */
    static void of(Path directory, GatewayOptions options, Windows windows, int minutes, double share) throws IOException {
        int provider = LocalProcess.freePort();
        LocalProcess sound = provider(directory, provider, 0);
        try (GatewayProcess gateway = options.start(directory, provider, Map.of())) {
            SoakRun run = new SoakRun(directory, gateway);
            double most = run.mostRequests(windows);
            sound.close();
            System.out.println(String.format(Locale.ROOT,
                    "%.0f requests/s at most, whole answers, %d connections; now %.0f/s of mixed shapes, %.0f %% of the provider's answers faults",
                    most, windows.connections(), share * most, FAULTS * 100));
            LocalProcess failing = provider(directory, provider, FAULTS);
            try {
                run.hold(minutes, share * most);
            } finally {
                failing.close();
            }
        } finally {
            sound.close();
        }
    }

    private static LocalProcess provider(Path directory, int port, double faults) {
        return Provider.start(directory, port, Content.CHUNKS.size(), PACE, faults);
    }

    private double mostRequests(Windows windows) {
        Target target = Shape.whole.gateway(gateway.port(), gateway.token());
        ProcessHandle process = gateway.process().handle();
        Load.warmUp(target, process, windows);
        return Load.run(target, process, windows.connections(), windows.length()).requestsPerSecond();
    }

    private void hold(int minutes, double rate) throws IOException {
        List<Vitals> vitals = new ArrayList<>();
        Tally all = new Tally();
        sleep(REST);
        Vitals before = vitals();
        System.out.println("at rest   : " + before.line());
        long start = System.nanoTime();
        try (MixedLoad load = new MixedLoad(gateway, SHAPES, rate)) {
            for (int minute = 1; minute <= minutes; minute++) {
                sleep(Duration.ofNanos(start + minute * MINUTE.toNanos() - System.nanoTime()));
                Tally tally = load.tally().take();
                all.addAll(tally);
                vitals.add(vitals());
                System.out.println(String.format(Locale.ROOT, "minute %3d: %s; %s", minute, tally.line(MINUTE), vitals.getLast().line()));
            }
        }
        sleep(REST);
        Vitals after = vitals();
        System.out.println("at rest   : " + after.line());
        int second = Math.min(2, minutes);
        System.out.println("minute " + second + " to " + minutes + ": " + vitals.getLast().since(vitals.get(second - 1)));
        System.out.println("rest to rest: " + after.since(before));
        System.out.println("in all    : " + all.line(MINUTE.multipliedBy(minutes)));
    }

    private Vitals vitals() throws IOException {
        return Vitals.of(gateway.process().handle().pid(), directory);
    }

    private static void sleep(Duration length) throws IOException {
        try {
            Sleeper.SYSTEM.sleep(length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
