package dev.hydra.boot;

import java.net.BindException;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Filter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Why the application did not start. Tomcat logs the cause as a stack trace for each container around the application and gives the caller none of it; this
 * keeps those records back while the server starts and turns them into one message.
 */
final class StartFailure implements Filter, AutoCloseable {
    private static final String OURS = "dev.hydra.";

    private final List<Handler> handlers = Arrays.asList(Logger.getLogger("").getHandlers());
    private Throwable first;

    StartFailure() {
        handlers.forEach(handler -> handler.setFilter(this));
    }

    @Override
    public synchronized boolean isLoggable(LogRecord entry) {
        boolean tomcats = entry.getLoggerName() != null && entry.getLoggerName().startsWith("org.apache.catalina.");
        if (tomcats && entry.getLevel() == Level.SEVERE && first == null) {
            first = entry.getThrown();
        }
        return !tomcats;
    }

    /**
     * The reason in words for the operator: the message of the application's own exception, or of an address in use; the stack trace only where
     * neither is known.
     *
     * @param thrown what the start threw, or null
     */
    synchronized IllegalStateException reason(Throwable thrown, String address) {
        Throwable cause = root(first == null ? thrown : first);
        if (cause instanceof BindException || root(thrown) instanceof BindException) {
            return new IllegalStateException(
                    address + " is in use or not an address of this machine: stop what listens there, or choose another (--port, --host).");
        }
        if (cause != null && cause.getClass().getName().startsWith(OURS)) {
            return new IllegalStateException(cause.getMessage(), cause);
        }
        String line = cause == null ? "no cause was given" : cause.toString().lines().findFirst().orElse("");
        System.getLogger(StartFailure.class.getName()).log(System.Logger.Level.ERROR, "The application did not start", cause);
        return new IllegalStateException("The application did not start: " + line, cause);
    }

    private static Throwable root(Throwable thrown) {
        Throwable cause = thrown;
        while (cause != null && cause.getCause() != null && !cause.getClass().getName().startsWith(OURS)) {
            cause = cause.getCause();
        }
        return cause;
    }

    @Override
    public void close() {
        handlers.forEach(handler -> handler.setFilter(null));
    }
}
