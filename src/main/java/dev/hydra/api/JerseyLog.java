package dev.hydra.api;

import java.io.IOException;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Keeps Jersey from logging two stack traces as errors for each client that leaves before its answer is complete (spec servers §6): that is daily life,
 * and the audit has it. On Payara the logger is the server's own, so it gets back the filter that it had.
 */
final class JerseyLog implements Filter, AutoCloseable {
    // Held, because java.util.logging forgets a logger and its filter when nobody does.
    private final Logger writer = Logger.getLogger("org.glassfish.jersey.server.ServerRuntime$Responder");
    private final Filter before = writer.getFilter();

    JerseyLog() {
        writer.setFilter(this);
    }

    @Override
    public boolean isLoggable(LogRecord entry) {
        return !isLostConnection(entry.getThrown()) && (before == null || before.isLoggable(entry));
    }

    /** Jersey and the servers wrap it in exceptions of their own. */
    private static boolean isLostConnection(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        if (writer.getFilter() == this) {
            writer.setFilter(before);
        }
    }
}
