package dev.hydra.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Asks in a closed loop: each connection sends its next request when the answer to the one before is complete and right. */
final class Load {
    /** Share of the JIT compiler and the collector in a warm JVM's CPU. */
    private static final double WARM = 0.1;
    private static final int MOST_WARM_UPS = 6;

    private Load() {
    }

    /**
     * What a window of load cost.
     *
     * @param requests answered and checked
     * @param cpu      of the server that was asked
     */
    record Window(long requests, Duration length, CpuTime cpu) {
        double microsPerRequest() {
            return cpu.microsPer(requests);
        }

        double requestsPerSecond() {
            return requests * 1e9 / length.toNanos();
        }
    }

    /** Not over before the JVM has compiled what runs often: on a busy machine the compiler gets its share of CPU late. */
    static void warmUp(Target target, ProcessHandle server, Windows windows) {
        int turn = 0;
        Window last;
        do {
            last = run(target, server, windows.connections(), windows.warmUp());
        } while (last.cpu().jvmShare() > WARM && ++turn < MOST_WARM_UPS);
    }

    /** Asks for so long; any wrong answer ends the benchmark. */
    static Window run(Target target, ProcessHandle server, int connections, Duration length) {
        CpuTime before = CpuTime.of(server);
        long start = System.nanoTime();
        long requests = requests(target, connections, start + length.toNanos());
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return new Window(requests, took, CpuTime.of(server).minus(before));
    }

    private static long requests(Target target, int connections, long end) {
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                counts.add(threads.submit(() -> loop(target, end)));
            }
            long sum = 0;
            for (Future<Long> count : counts) {
                sum += count.get();
            }
            return sum;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a wrong answer: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long loop(Target target, long end) throws IOException {
        try (Client client = new Client(target.port())) {
            long count = 0;
            while (System.nanoTime() < end) {
                client.ask(target);
                count++;
            }
            return count;
        }
    }

    /** Asks all targets in turn over one connection each, so that what disturbs one disturbs all. @return for each target its timings */
    static List<Latency> inTurn(List<Target> targets, Duration length) {
        List<Client> clients = new ArrayList<>();
        List<List<Client.Timing>> timings = new ArrayList<>();
        try {
            for (Target target : targets) {
                clients.add(new Client(target.port()));
                timings.add(new ArrayList<>());
            }
            long end = System.nanoTime() + length.toNanos();
            while (System.nanoTime() < end) {
                for (int i = 0; i < clients.size(); i++) {
                    timings.get(i).add(clients.get(i).ask(targets.get(i)));
                }
            }
            for (Client client : clients) {
                client.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return timings.stream().map(Latency::of).toList();
    }
}
