package dev.hydra.api;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;
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
    private final ReentrantLock lock = new ReentrantLock();
    private boolean gone;

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

    @Override
    public void onTimeout(AsyncEvent event) {
        takenBack();
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
