package dev.hydra.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Very many streams at once, each paced by the provider, through the gateway and straight to the provider. Client, provider and gateway are processes of their
 * own. A chunk is late by the time that has passed since it was due, counted from its stream's first one; each must come, once and in order.
 */
final class StreamsRun {
    private static final int A_SECOND = 400;
    private static final int PATIENCE_MILLIS = 120_000;

    private final int streams;
    private final int chunks;
    private final Duration pace;
    private final AtomicInteger complete = new AtomicInteger();
    private final int[] late;

    StreamsRun(int streams, int chunks, Duration pace) {
        this.streams = streams;
        this.chunks = chunks;
        this.pace = pace;
        late = new int[streams * chunks];
        Arrays.fill(late, -1);
    }

    /** One line for the direct streams and two for those through the gateway, whose JVM has yet to compile in the first of them. */
    static Stream<String> of(Path directory, GatewayOptions options, int streams, int chunks, Duration pace) throws IOException {
        try (LocalProcess provider = Provider.start(directory, chunks, pace)) {
            String direct = new StreamsRun(streams, chunks, pace).run(Shape.native_stream.plain(provider.port()), "direct ");
            // As many at once as one likes: a key is asked for no more than three at once by default.
            Map<String, String> usual = Map.of("HYDRA_POOL_CONCURRENCY", Integer.toString(streams));
            try (GatewayProcess gateway = options.start(directory, provider.port(), usual)) {
                Target target = Shape.stream.gateway(gateway.port(), gateway.token());
                ProcessHandle process = gateway.process().handle();
                return Stream.of(direct, new StreamsRun(streams, chunks, pace).run(target, "gateway, just started", process),
                        new StreamsRun(streams, chunks, pace).run(target, "gateway, again", process));
            }
        }
    }

    private String run(Target target, String name, ProcessHandle gateway) throws IOException {
        CpuTime before = CpuTime.of(gateway);
        String line = run(target, name);
        return line + String.format(Locale.ROOT, ", CPU/chunk %.1f us, most memory so far %s",
                CpuTime.of(gateway).minus(before).microsPer((long) streams * chunks), mostMemory(gateway));
    }

    private String run(Target target, String name) {
        run(target);
        return name + ": " + Lateness.of(List.of(this)).line();
    }

    /** Holds the streams, each from its request to its end. */
    StreamsRun run(Target target) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < streams; i++) {
                int number = i;
                threads.execute(() -> stream(target, number));
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1) / A_SECOND);
            }
        }
        return this;
    }

    int streams() {
        return streams;
    }

    int complete() {
        return complete.get();
    }

    /** Microseconds, one for each chunk; -1 = it did not come. */
    IntStream late() {
        return IntStream.of(late);
    }

    private void stream(Target target, int number) {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress("127.0.0.1", target.port()), PATIENCE_MILLIS);
            socket.getOutputStream().write(target.request());
            BufferedReader lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 2048);
            long due = 0;
            for (int next = 0; next < chunks;) {
                String line = lines.readLine();
                if (line == null) {
                    return;
                }
                if (line.contains("chunk" + (10 + next) + " ")) {
                    long now = System.nanoTime();
                    due = next == 0 ? now : due + pace.toNanos();
                    late[number * chunks + next] = (int) Math.max(0, TimeUnit.NANOSECONDS.toMicros(now - due));
                    next++;
                }
            }
            complete.incrementAndGet();
        } catch (IOException e) {
            System.err.println("stream " + number + ": " + e);
        }
    }

    private static String mostMemory(ProcessHandle process) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmHWM")).findFirst()
                .map(line -> Long.parseLong(line.replaceAll("\\D+", "")) / 1024 + " MiB").orElse("unknown");
    }
}
