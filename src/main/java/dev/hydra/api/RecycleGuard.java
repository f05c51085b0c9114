package dev.hydra.api;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Keeps a request and its response from being touched once the container has taken them back.
 *
 * <p>A container that meets an error (a client that left, a stop) tells the {@link AsyncListener}s, ends the request and uses its objects for the next one,
 * while another thread may still be writing: that thread then breaks, or fills, a stranger's answer (spec servers §6). So every use happens under one
 * lock, and the container's word takes that lock: it waits for the use under way and forbids all later ones.
 */
final class RecycleGuard implements AsyncListener {
    /** Fair: the container's word must not wait behind a writer that is quick to come back. */
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition over = lock.newCondition();
    private final Duration patience;
    private boolean gone;

    /** @param patience how long a stopping application's request may take to come to its own end */
    RecycleGuard(Duration patience) {
        this.patience = patience;
    }

    /** A use that may fail and has a result. */
    interface Reception<T> {
        T run() throws IOException;
    }

    /** A use that may fail. */
    interface Dispatch {
        void run() throws IOException;
    }

    /** Takes something from the client. @throws IOException also when the container has taken the request back */
    <T> T receive(Reception<T> reception) throws IOException {
        lock.lock();
        try {
            if (gone) {
                throw new IOException("the container has ended the request");
            }
            return reception.run();
        } finally {
            lock.unlock();
        }
    }

    /** Gives something to the client. @throws IOException also when the container has taken the request back */
    void send(Dispatch dispatch) throws IOException {
        receive(() -> {
            dispatch.run();
            return true;
        });
    }

    /** Changes the response or the request; nothing happens when they are gone. */
    void change(Runnable change) {
        lock.lock();
        try {
            if (!gone) {
                change.run();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Looks something up. @param otherwise what is said when request and response are gone */
    <T> T look(Supplier<T> look, T otherwise) {
        lock.lock();
        try {
            return gone ? otherwise : look.get();
        } finally {
            lock.unlock();
        }
    }

    /** The last use, after which there is none; nothing happens when the container has been faster, or this was called before. */
    void end(Runnable last) {
        lock.lock();
        try {
            if (!gone) {
                gone = true;
                over.signalAll();
                last.run();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        takenBack();
    }

    /**
     * No time limit was asked for, so only a stop calls this: Tomcat has an undeployed application's requests time out after its {@code unloadDelay}, 2 s
     * by default, whatever HYDRA_STOP_GRACE says. The request is still whole while this runs; so it waits for the end that the stop brings.
     */
    @Override
    public void onTimeout(AsyncEvent event) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (!gone && left > 0) {
                left = over.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            gone = true;
            lock.unlock();
        }
    }

    @Override
    public void onError(AsyncEvent event) {
        takenBack();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Nobody may start a second cycle: see DetachedRequest.
    }

    private void takenBack() {
        end(() -> {
        });
    }
}
