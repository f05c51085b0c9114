package dev.hydra.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

/**
 * Log lines of the executable: one line each, on standard error. A deployed WAR logs as its server says. Options of the JVM that configure java.util.logging
 * win over this.
 */
final class LogLines {
    private static final String FORMAT = """
            handlers=java.util.logging.ConsoleHandler
            java.util.logging.ConsoleHandler.level=ALL
            java.util.logging.ConsoleHandler.formatter=java.util.logging.SimpleFormatter
            java.util.logging.SimpleFormatter.format=%1$tFT%1$tT.%1$tL%1$tz %4$s %3$s: %5$s%6$s%n
            """;
    // Jersey reports each client that left in the middle of a stream with two stack traces.
    private static final String SILENT = """
            org.glassfish.jersey.server.ServerRuntime$Responder.level=OFF
            org.apache.catalina.loader.WebappClassLoaderBase.level=OFF
            """;

    private LogLines() {
    }

    /** For a command, whose output is its result. */
    static void quiet() {
        configure("SEVERE", "SEVERE");
    }

    /** For a server: libraries from warnings on. @param level of Hydra's own lines: TRACE, DEBUG, INFO, WARN or ERROR */
    static void serve(String level) {
        configure("WARNING", switch (level) {
            case "TRACE" -> "FINEST";
            case "DEBUG" -> "FINE";
            case "WARN" -> "WARNING";
            case "ERROR" -> "SEVERE";
            default -> "INFO";
        });
    }

    private static void configure(String libraries, String ours) {
        if (System.getProperty("java.util.logging.config.file") != null || System.getProperty("java.util.logging.config.class") != null) {
            return;
        }
        String config = FORMAT + SILENT + ".level=" + libraries + "\ndev.hydra.level=" + ours + "\n";
        try {
            LogManager.getLogManager().readConfiguration(new ByteArrayInputStream(config.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
