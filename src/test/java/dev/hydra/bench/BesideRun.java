package dev.hydra.bench;

import dev.hydra.bench.Content.Size;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** How late small paced streams become beside one connection that asks for an answer to 400 kB again and again: direct and through the gateway. */
final class BesideRun {
    private static final int STREAMS = 50;
    private static final int CHUNKS = 60;
    private static final Duration PACE = Duration.ofMillis(20);

    private final Target small;
    private final Target big;
    private final List<StreamsRun> alone = new ArrayList<>();
    private final List<StreamsRun> beside = new ArrayList<>();
    private final List<Client.Timing> answers = new ArrayList<>();

    private BesideRun(Target small, Target big) {
        this.small = small;
        this.big = big;
    }

    /** Two lines for the provider itself and two for the gateway. */
    static Stream<String> of(Path directory, GatewayOptions options, Windows windows) throws IOException {
        try (LocalProcess provider = Provider.start(directory, CHUNKS, PACE);
                GatewayProcess gateway = options.start(directory, provider.port(), Map.of())) {
            BesideRun direct = new BesideRun(Shape.native_stream.plain(provider.port()),
                    Target.gemini(provider.port(), "benchmark-key", Size.HUGE, false));
            BesideRun ours = new BesideRun(Shape.stream.gateway(gateway.port(), gateway.token()),
                    Target.chat(gateway.port(), gateway.token(), Size.HUGE, false));
            return Stream.concat(direct.measure(windows, "direct "), ours.measure(windows, "gateway"));
        }
    }

    private Stream<String> measure(Windows windows, String name) {
        new BesideRun(small, big).besideBig(windows.warmUp());
        for (int round = 0; round < windows.rounds(); round++) {
            waves(windows.length(), alone);
            besideBig(windows.length());
        }
        Latency big = Latency.of(answers);
        return Stream.of(name + " alone:  " + Lateness.of(alone).line(),
                name + " beside: " + Lateness.of(beside).line()
                        + String.format(Locale.ROOT, "; %d answers to 400 kB, p50 %.0f ms, p99 %.0f ms", answers.size(),
                                Latency.at(0.5, big.full()), Latency.at(0.99, big.full())));
    }

    private void besideBig(Duration length) {
        AtomicBoolean ended = new AtomicBoolean();
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<?> asking = thread.submit(() -> {
                try (Client client = new Client(big.port())) {
                    while (!ended.get()) {
                        answers.add(client.ask(big));
                    }
                    return ended;
                }
            });
            waves(length, beside);
            ended.set(true);
            asking.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a wrong answer: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void waves(Duration length, List<StreamsRun> into) {
        long end = System.nanoTime() + length.toNanos();
        do {
            into.add(new StreamsRun(STREAMS, CHUNKS, PACE).run(small));
        } while (System.nanoTime() < end);
    }
}
