package dev.hydra.bench;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks for different things at a steady rate, some clients leaving in mid-stream, and counts how it ends; goes on whatever the answers are.
 * At most 256 requests are under way: a server that cannot keep up is asked as fast as it answers.
 */
final class MixedLoad implements AutoCloseable {
    private static final int CONNECTIONS = 256;
    private static final double LEAVING = 0.01;
    private static final byte[] ERROR = "\"error\"".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_SHOWN = 5;

    private final List<Shape> shapes;
    private final Map<Shape, Target> targets = new EnumMap<>(Shape.class);
    private final long interval;
    private final Tally tally = new Tally();
    private final AtomicLong tickets = new AtomicLong();
    private final AtomicInteger shown = new AtomicInteger();
    private final long start = System.nanoTime();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean ended;

    /** Begins at once, until it is closed. @param rate requests a second */
    MixedLoad(GatewayProcess gateway, List<Shape> shapes, double rate) {
        this.shapes = List.copyOf(shapes);
        shapes.forEach(shape -> targets.put(shape, shape.gateway(gateway.port(), gateway.token())));
        interval = (long) (TimeUnit.SECONDS.toNanos(1) / rate);
        for (int i = 0; i < CONNECTIONS; i++) {
            SplittableRandom random = new SplittableRandom(i);
            threads.execute(() -> askOn(random));
        }
    }

    Tally tally() {
        return tally;
    }

    private void askOn(SplittableRandom random) {
        Optional<Client> client = Optional.empty();
        while (awaitTurn()) {
            Shape shape = shapes.get(random.nextInt(shapes.size()));
            client = ask(client, shape, random.nextDouble() < LEAVING);
        }
        client.ifPresent(MixedLoad::hangUp);
    }

    private boolean awaitTurn() {
        long due = start + tickets.getAndIncrement() * interval;
        for (long now = System.nanoTime(); !ended && now < due; now = System.nanoTime()) {
            LockSupport.parkNanos(due - now);
        }
        return !ended;
    }

    /** @return the connection, as long as it can be used for another request */
    private Optional<Client> ask(Optional<Client> kept, Shape shape, boolean leaves) {
        Target target = Objects.requireNonNull(targets.get(shape));
        Optional<Client> client = kept;
        try {
            Client connected = kept.isPresent() ? kept.get() : new Client(target.port());
            client = Optional.of(connected);
            if (leaves) {
                connected.leave(target);
                tally.add(Tally.LEFT);
                return Optional.empty();
            }
            Answer answer = connected.answer(target);
            tally.add(end(answer, target, shape));
            if (!answer.head().contains("\r\nconnection: close")) {
                return client;
            }
        } catch (SocketTimeoutException e) {
            tally.add("no answer in time (" + shape + ")");
        } catch (IOException e) {
            boolean told = client.filter(asked -> asked.received(ERROR)).isPresent();
            tally.add((told ? "told and broken off (" : "broken off (") + shape + ")");
        }
        client.ifPresent(MixedLoad::hangUp);
        return Optional.empty();
    }

    private String end(Answer answer, Target target, Shape shape) {
        if (answer.status() == 200 && answer.missing(target.expected()).isEmpty()) {
            return Tally.RIGHT;
        }
        if (answer.missing(List.of(ERROR)).isEmpty()) {
            return (answer.status() == 200 ? "told in the answer (" : "status " + answer.status() + " (") + shape + ")";
        }
        if (shown.getAndIncrement() < MOST_SHOWN) {
            System.out.println("wrong: " + answer.head() + "\n" + answer.text());
        }
        return Tally.WRONG;
    }

    private static void hangUp(Client client) {
        try {
            client.close();
        } catch (IOException e) {
            // It was of no use any more.
        }
    }

    /** Waits for the answers that are under way. */
    @Override
    public void close() {
        ended = true;
        threads.close();
    }
}
