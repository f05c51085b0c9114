package dev.hydra.boot;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/** Counts the requests that are being answered, so that a stop can wait for them. */
final class RequestsInFlight extends ValveBase implements AsyncListener {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final AtomicInteger count = new AtomicInteger();

    RequestsInFlight() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        count.incrementAndGet();
        boolean goesOn = false;
        try {
            getNext().invoke(request, response);
            if (request.isAsync()) {
                request.getAsyncContext().addListener(this);
                goesOn = true;
            }
        } finally {
            if (!goesOn) {
                count.decrementAndGet();
            }
        }
    }

    /** Returns when no request is left, or after {@code limit}. Waits by looking: only a stop calls it, a request pays for the counter alone. */
    void awaitNone(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (count.get() > 0 && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        count.decrementAndGet();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        // onComplete follows
    }

    @Override
    public void onError(AsyncEvent event) {
        // onComplete follows
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this); // a new cycle forgets the listeners of the one before
    }
}
