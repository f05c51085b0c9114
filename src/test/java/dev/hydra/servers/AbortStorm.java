package dev.hydra.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.demo.RecordedRequest;
import dev.hydra.support.FakeGemini;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * Many streams that clients cut at random points, between good requests on kept-alive connections. Where a server uses its objects again too early, a good
 * answer breaks or has a stranger's content (spec servers §6).
 */
final class AbortStorm {
    private static final String CUT_MODEL = "gemini-2.5-pro";
    private static final String GOOD_MODEL = "gemini-2.5-flash";
    private static final Pattern MARKERS = Pattern.compile("marker-\\w+-end");
    private static final int CUTTERS = 12;
    private static final int GOOD = 4;
    /** New connections get a server's objects that have just become free. */
    private static final int REQUESTS_PER_CONNECTION = 10;
    private static final int LONGEST_READ = 1200;

    private final DeployedHydra hydra;
    private final FakeGemini gemini;
    private final long seed;
    private final AtomicInteger left = new AtomicInteger();
    private final AtomicInteger good = new AtomicInteger();
    private final Queue<String> broken = new ConcurrentLinkedQueue<>();

    AbortStorm(DeployedHydra hydra, FakeGemini gemini, long seed) {
        this.hydra = hydra;
        this.gemini = gemini;
        this.seed = seed;
    }

    /** @param good how many good answers came. @param broken what was wrong with the others */
    record Outcome(int good, List<String> broken) {
    }

    /** Cuts so many streams; returns when the provider has seen every one of its calls for them cancelled. */
    Outcome run(int cuts) throws InterruptedException {
        gemini.failModel(CUT_MODEL, FakeGemini.holdsStreamAfter(3, new CountDownLatch(1)));
        left.set(cuts);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CUTTERS; i++) {
            Random random = new Random(seed + i);
            threads.add(Thread.ofVirtual().start(() -> cut(random)));
        }
        for (int i = 0; i < GOOD; i++) {
            String name = "w" + i;
            threads.add(Thread.ofVirtual().start(() -> ask(name)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        awaitCancellation();
        return new Outcome(good.get(), List.copyOf(broken));
    }

    private void cut(Random random) {
        while (left.getAndDecrement() > 0) {
            try {
                cutOne(random);
            } catch (IOException e) {
                broken.add("a stream to be cut broke before: " + e);
            }
        }
    }

    private void cutOne(Random random) throws IOException {
        Connection connection = new Connection(hydra.address());
        hydra.ask(connection, CUT_MODEL, "This stream is going to be cut at some point of its many words.", true);
        int point = random.nextInt(LONGEST_READ) - LONGEST_READ / 6; // some are cut before the answer begins
        if (point >= 0) {
            Connection.Answer answer = connection.answer();
            for (int i = 0; i < point; i++) {
                answer.read();
            }
        }
        if (random.nextBoolean()) {
            connection.reset();
        } else {
            connection.close();
        }
    }

    private void ask(String name) {
        int number = 0;
        while (left.get() > 0) {
            try (Connection connection = new Connection(hydra.address())) {
                for (int i = 0; i < REQUESTS_PER_CONNECTION; i++) {
                    String marker = "marker-" + name + "x" + number++ + "-end";
                    String text = number % 2 == 0 ? whole(connection, marker) : streamed(connection, marker);
                    List<String> seen = MARKERS.matcher(text).results().map(found -> found.group()).toList();
                    if (!seen.equals(List.of(marker))) {
                        broken.add(marker + " was answered with " + text);
                    }
                    good.incrementAndGet();
                }
            } catch (IOException | RuntimeException e) {
                broken.add(name + " request " + number + ": " + e);
            }
        }
    }

    private String whole(Connection connection, String marker) throws IOException {
        hydra.ask(connection, GOOD_MODEL, marker, false);
        Connection.Answer answer = connection.answer();
        String body = answer.rest();
        return answer.status() == 200 ? DeployedHydra.text(body) : answer.status() + " " + body;
    }

    private String streamed(Connection connection, String marker) throws IOException {
        Connection.Answer answer = hydra.stream(connection, GOOD_MODEL, marker);
        if (answer.status() != 200) {
            return answer.status() + " " + answer.rest();
        }
        StringBuilder text = new StringBuilder();
        boolean done = false;
        for (String event = answer.event(); event != null; event = answer.event()) {
            text.append(DeployedHydra.delta(event));
            done |= event.equals("data: [DONE]");
        }
        return done ? text.toString() : text + " without [DONE]";
    }

    private void awaitCancellation() {
        AtomicInteger calls = new AtomicInteger();
        AtomicInteger cancelled = new AtomicInteger();
        Awaitility.await("cancellation of every call").atMost(30, TimeUnit.SECONDS).untilAsserted(() -> {
            gemini.requests().stream().filter(AbortStorm::toBeCut).forEach(request -> calls.incrementAndGet());
            while (gemini.api().takeAbandoned(Duration.ZERO).filter(AbortStorm::toBeCut).isPresent()) {
                cancelled.incrementAndGet();
            }
            assertThat(cancelled.get()).isEqualTo(calls.get());
        });
        assertThat(calls.get()).isPositive();
    }

    private static boolean toBeCut(RecordedRequest request) {
        return request.path().contains(CUT_MODEL);
    }
}
