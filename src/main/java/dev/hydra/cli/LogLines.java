package dev.hydra.cli;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Sets java.util.logging up: where SLF4J, Tomcat and every library of the executable log. One line a record, on standard error. */
final class LogLines extends Formatter {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneId.systemDefault());
    /** Kept, because the logging system forgets the level of a logger that nobody holds. */
    private static final Logger OURS = Logger.getLogger("dev.hydra");
    /** Jersey writes two stack traces whenever a client leaves (spec servers §6). */
    private static final List<Logger> LOUD = List.of(Logger.getLogger("org.glassfish.jersey.server.ServerRuntime$Responder"),
            Logger.getLogger("org.jboss.weld"));

    private LogLines() {
    }

    /** For a server: ours from the level on, libraries from warnings on; with DEBUG or TRACE all of both. */
    static void serve(String level) {
        Level wanted = level(level);
        set(wanted.intValue() < Level.INFO.intValue() ? wanted : Level.WARNING, wanted);
        LOUD.forEach(logger -> logger.setLevel(Level.OFF));
    }

    /** For a command whose output is its result. */
    static void quiet() {
        set(Level.SEVERE, Level.WARNING);
    }

    private static void set(Level libraries, Level ours) {
        Logger root = LogManager.getLogManager().getLogger("");
        root.setLevel(libraries);
        OURS.setLevel(ours);
        for (var handler : root.getHandlers()) {
            handler.setLevel(Level.ALL);
            handler.setFormatter(new LogLines());
        }
    }

    /** SLF4J's names in the words of java.util.logging. */
    private static Level level(String name) {
        return switch (name) {
            case "TRACE" -> Level.FINEST;
            case "DEBUG" -> Level.FINE;
            case "WARN" -> Level.WARNING;
            case "ERROR" -> Level.SEVERE;
            default -> Level.INFO;
        };
    }

    @Override
    public String format(LogRecord record) {
        StringBuilder line = new StringBuilder(160).append(TIME.format(record.getInstant())).append(' ').append(record.getLevel()).append(' ')
                .append(record.getLoggerName()).append(": ").append(formatMessage(record)).append(System.lineSeparator());
        if (record.getThrown() != null) {
            java.io.StringWriter trace = new java.io.StringWriter();
            record.getThrown().printStackTrace(new java.io.PrintWriter(trace, true));
            line.append(trace);
        }
        return line.toString();
    }
}
