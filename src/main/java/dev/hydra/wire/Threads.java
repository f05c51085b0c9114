package dev.hydra.wire;

import java.util.concurrent.ThreadFactory;

/** Where threads come from: virtual ones with a name and the application's class loader, which a server's own threads would not have. */
public final class Threads {
    private Threads() {
    }

    /** A factory of virtual threads called {@code prefix} and a number. */
    public static ThreadFactory virtual(String prefix) {
        ThreadFactory plain = Thread.ofVirtual().name(prefix, 0).factory();
        ClassLoader application = Threads.class.getClassLoader();
        return task -> {
            Thread thread = plain.newThread(task);
            thread.setContextClassLoader(application);
            return thread;
        };
    }
}
