package dev.hydra.boot;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.logging.LogManager;

/**
 * Log lines of the executable: one line each, on standard error, libraries only from WARNING on. A deployed WAR logs as its server says. Options of the JVM
 * that configure java.util.logging win over this.
 */
final class LogLines {
    private static final String FORMAT = """
            handlers=java.util.logging.ConsoleHandler
            java.util.logging.ConsoleHandler.level=ALL
            java.util.logging.ConsoleHandler.formatter=java.util.logging.SimpleFormatter
            java.util.logging.SimpleFormatter.format=%1$tFT%1$tT.%1$tL%1$tz %4$s %3$s: %5$s%6$s%n
            .level=WARNING
            """;
    // Jersey reports each client that left in the middle of a stream with two stack traces.
    private static final String QUIET = """
            org.glassfish.jersey.server.ServerRuntime$Responder.level=OFF
            org.apache.catalina.loader.WebappClassLoaderBase.level=OFF
            """;

    private LogLines() {
    }

    /**
     * Sets the level of Hydra's own lines.
     *
     * @param name trace, debug, info, warn or error in any case; anything else, or null, is info (the settings' check names a wrong one)
     */
    static void level(String name) throws IOException {
        if (System.getProperty("java.util.logging.config.file") != null || System.getProperty("java.util.logging.config.class") != null) {
            return;
        }
        String config = FORMAT + QUIET + "dev.hydra.level=" + javaLevel(name) + "\n";
        LogManager.getLogManager().readConfiguration(new ByteArrayInputStream(config.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static String javaLevel(String name) {
        return switch (name == null ? "" : name.strip().toLowerCase(Locale.ROOT)) {
            case "trace" -> "FINEST";
            case "debug" -> "FINE";
            case "warn", "warning" -> "WARNING";
            case "error" -> "SEVERE";
            default -> "INFO";
        };
    }
}
