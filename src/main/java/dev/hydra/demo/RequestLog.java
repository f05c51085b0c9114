package dev.hydra.demo;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Keeps the last requests for assertions; the oldest makes room. A bound of 0 keeps none. */
final class RequestLog {
    private final int bound;
    private final BlockingQueue<RecordedRequest> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<RecordedRequest> abandoned = new LinkedBlockingQueue<>();
    private final LongAdder total = new LongAdder();

    RequestLog(int bound) {
        this.bound = bound;
    }

    void received(RecordedRequest request) {
        total.increment();
        keep(received, request);
    }

    /** The client left before the reply was complete. */
    void abandoned(RecordedRequest request) {
        keep(abandoned, request);
    }

    private void keep(BlockingQueue<RecordedRequest> queue, RecordedRequest request) {
        if (bound > 0) {
            while (queue.size() >= bound) {
                queue.poll();
            }
            queue.add(request);
        }
    }

    Optional<RecordedRequest> take(Duration timeout) {
        return poll(received, timeout);
    }

    Optional<RecordedRequest> takeAbandoned(Duration timeout) {
        return poll(abandoned, timeout);
    }

    long total() {
        return total.sum();
    }

    void clear() {
        received.clear();
        abandoned.clear();
    }

    private static Optional<RecordedRequest> poll(BlockingQueue<RecordedRequest> queue, Duration timeout) {
        try {
            return Optional.ofNullable(queue.poll(timeout.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
